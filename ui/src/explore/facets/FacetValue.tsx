import { IconEqual, IconMinus } from '@tabler/icons-react';
import { OUTCOMES } from '../../event/event';
import { shortened } from '../../event/sentence';
import { OutcomeMark } from '../../parts/OutcomeMark';
import { visible } from '../../parts/Value';
import type { TermState } from '../../query/edit';
import { count } from '../../time/format';
import type { Pivot } from '../pivot';

interface Props {
  readonly field: string;
  readonly value: string;
  readonly times: number;
  readonly share: number;
  readonly state: TermState;
  readonly pivot: Pivot;
}

/** One value: a click adds it to what is wanted, again takes it away; beside it "only this" and "not this". */
export function FacetValue({ field, value, times, share, state, pivot }: Props) {
  const words = visible(value);
  return (
    <li data-state={state}>
      <button
        type="button"
        className="facet-value"
        title={`${words.slice(0, 300)}\nClick: with it · Alt-click: without it`}
        aria-pressed={state === 'included'}
        onClick={(event) => pivot(event.altKey ? 'exclude' : 'include', field, value)}
      >
        <svg className="facet-bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 1">
          <rect width={100 * share} height="1" />
        </svg>
        {field === 'outcome' && <OutcomeMark outcome={OUTCOMES.find((known) => known === value) ?? 'unknown'} />}
        <bdi>{visible(shortened(field, value)).slice(0, 80)}</bdi>
        <span>{count(times)}</span>
      </button>
      <span className="facet-tools">
        <button
          type="button"
          title="Only this value"
          aria-label={`Only ${field} ${words.slice(0, 80)}`}
          onClick={() => pivot('only', field, value)}
        >
          <IconEqual size={12} />
        </button>
        <button
          type="button"
          title="Without this value (Alt-click)"
          aria-label={`Leave out ${field} ${words.slice(0, 80)}`}
          aria-pressed={state === 'excluded'}
          onClick={() => pivot('exclude', field, value)}
        >
          <IconMinus size={12} />
        </button>
      </span>
    </li>
  );
}
