import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import type { ProblemError } from '../api/client';
import type { EventPage } from '../api/queries';
import type { Tail } from '../live/useTail';
import { corrected } from '../query/edit';
import { count } from '../time/format';

/** Says what is not as it should be: a refused query, an answer with holes, a stream that leaves out. */
export function Banner({
  problem,
  pages,
  tail,
  q,
  ask,
}: {
  problem: ProblemError | undefined;
  pages: readonly EventPage[];
  tail: Tail;
  q: string;
  ask: (q: string) => void;
}) {
  const missing = pages.flatMap((page) => page.missing);
  const incomplete = pages.some((page) => !page.complete) || tail.status?.complete === false;
  const meant = /did you mean '([^']+)'/.exec(problem?.problem.detail ?? '')?.[1];
  const skipped = tail.skipped + (tail.status?.skipped ?? 0);
  return (
    <div className="banners" aria-live="polite">
      {problem !== undefined && (
        <p className="banner banner-bad">
          <IconPlugConnectedX size={15} aria-hidden="true" />
          <span>
            <b>{problem.problem.title}.</b> {problem.problem.detail !== problem.problem.title && problem.problem.detail}
            {problem.position !== undefined && ` (at character ${problem.position + 1})`}
            {meant !== undefined && problem.position !== undefined && (
              <button
                type="button"
                className="link banner-fix"
                onClick={() => ask(corrected(q, problem.position ?? 0, meant))}
              >
                use {meant}
              </button>
            )}
            {pages.length > 0 && ' What is shown below is the answer before.'}
          </span>
        </p>
      )}
      {incomplete && (
        <p className="banner banner-warn">
          <IconAlertTriangle size={15} aria-hidden="true" />
          <span>
            <b>This answer is not complete.</b>{' '}
            {missing.length === 0
              ? 'The server does not say what is missing.'
              : unique(missing.map((m) => m.detail)).join(' · ')}
          </span>
        </p>
      )}
      {skipped > 0 && (
        <p className="banner">
          <span>
            {count(skipped)} live events came faster than they are shown. They are in the ledger: a search finds them.
          </span>
        </p>
      )}
    </div>
  );
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
