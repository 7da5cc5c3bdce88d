import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { ProblemError } from '../api/client';
import type { Schemas } from '../event/event';

interface Props {
  readonly error: Error | null | undefined;
  /** The answers that are shown. */
  readonly answers: readonly (Pick<Schemas['Completeness'], 'complete' | 'missing'> | undefined)[];
  /** What the page itself leaves out, in words. */
  readonly also?: readonly string[];
  /** Whether an older answer is still shown although the last was refused. */
  readonly kept?: boolean;
}

/** What is wrong with an answer, and what is not in it. Nothing, if it is whole. */
export function AnswerNotes({ error, answers, also = [], kept = false }: Props) {
  const holes = [...new Set(answers.flatMap((answer) => answer?.missing.map((m) => m.detail) ?? []))];
  const incomplete = answers.some((answer) => answer?.complete === false);
  const problem = error instanceof ProblemError ? error.problem : undefined;
  return (
    <div className="banners" aria-live="polite">
      {error !== null && error !== undefined && (
        <p className="banner banner-bad">
          <IconPlugConnectedX size={15} aria-hidden="true" />
          <span>
            <b>{problem?.title ?? 'This cannot be shown'}.</b> {error.message !== problem?.title && error.message}
            {problem?.position !== undefined && ` (at character ${problem.position + 1})`}
            {kept && ' What is shown below is the answer before.'}
          </span>
        </p>
      )}
      {incomplete && (
        <p className="banner banner-warn">
          <IconAlertTriangle size={15} aria-hidden="true" />
          <span>
            <b>This answer is not complete.</b> {holes.join(' · ') || 'The server does not say what is missing.'}
          </span>
        </p>
      )}
      {also.map((words) => (
        <p className="banner" key={words}>
          <span>{words}</span>
        </p>
      ))}
    </div>
  );
}
