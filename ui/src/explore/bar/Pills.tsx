import { IconArrowsExchange, IconEye, IconEyeOff, IconX } from '@tabler/icons-react';
import { visible } from '../../parts/Value';
import { inverted, terms } from '../../query/edit';
import { tokens } from '../../query/tokens';

interface Props {
  readonly q: string;
  readonly off: readonly string[];
  readonly change: (q: string, off: readonly string[]) => void;
  /** Puts the caret on the term in the query bar. */
  readonly edit: (term: string) => void;
}

/** Each term of the query as a thing of its own: to invert, lay aside for a moment, edit or remove. */
export function Pills({ q, off, change, edit }: Props) {
  const all = terms(q);
  if (q === '' && off.length === 0) return null;
  const list = all ?? [q];
  const put = (at: number, term: string | undefined) =>
    list.flatMap((other, i) => (i === at ? (term === undefined ? [] : [term]) : [other])).join(' ');
  return (
    <ul className="pills" aria-label="Terms of the query">
      {list.map((term, i) => (
        <li key={`${term} ${i}`} className="pill" data-not={/^(-|NOT )/.test(term) || undefined}>
          <button type="button" className="pill-text" title="Edit in the query bar" onClick={() => edit(term)}>
            <Term text={term} />
          </button>
          {all !== undefined && (
            <>
              <button
                type="button"
                title="Turn into its opposite"
                aria-label={`Invert ${visible(term)}`}
                onClick={() => change(put(i, inverted(term)), off)}
              >
                <IconArrowsExchange size={13} />
              </button>
              <button
                type="button"
                title="Lay aside for a moment"
                aria-label={`Lay aside ${visible(term)}`}
                onClick={() => change(put(i, undefined), [...off, term])}
              >
                <IconEyeOff size={13} />
              </button>
            </>
          )}
          <button
            type="button"
            title="Remove"
            aria-label={`Remove ${visible(term)}`}
            onClick={() => change(put(i, undefined), off)}
          >
            <IconX size={13} />
          </button>
        </li>
      ))}
      {off.map((term, i) => (
        <li key={`off ${term} ${i}`} className="pill" data-off="">
          <span className="pill-text">
            <Term text={term} />
          </span>
          <button
            type="button"
            title="Take up again"
            aria-label={`Take up ${visible(term)} again`}
            onClick={() =>
              change(
                all === undefined ? `(${q}) ${term}` : [...all, term].join(' '),
                off.filter((_, other) => other !== i),
              )
            }
          >
            <IconEye size={13} />
          </button>
          <button
            type="button"
            title="Forget"
            aria-label={`Forget ${visible(term)}`}
            onClick={() =>
              change(
                q,
                off.filter((_, other) => other !== i),
              )
            }
          >
            <IconX size={13} />
          </button>
        </li>
      ))}
    </ul>
  );
}

const LONGEST = 80;

function Term({ text }: { text: string }) {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return (
    <bdi>
      {tokens(shown).map(({ kind, text: words }, i) => (
        <span key={i} className={`q-${kind}`}>
          {visible(words)}
        </span>
      ))}
    </bdi>
  );
}
