import { IconMinus } from '@tabler/icons-react';
import { useState } from 'react';
import { type Search, useFacet } from '../api/queries';
import { OUTCOMES } from '../event/event';
import { FACETS } from '../event/fields';
import { shortIdentity, shortService } from '../event/sentence';
import { OutcomeMark } from '../parts/OutcomeMark';
import { visible } from '../parts/Value';
import { stateOf, without } from '../query/edit';
import { count } from '../time/format';
import type { Pivot } from './pivot';

interface Props {
  readonly search: Search;
  readonly refresh: number | false;
  readonly pivot: Pivot;
}

const FEW = 6;
const MANY = 40;

export function Facets(props: Props) {
  return (
    <aside className="facets" aria-label="Filters">
      {FACETS.map((field) => (
        <Facet key={field} field={field} {...props} />
      ))}
    </aside>
  );
}

/** The frequent values of one field. Its own filter does not count, so that its other values stay in sight. */
function Facet({ field, search, refresh, pivot }: Props & { field: string }) {
  const [many, setMany] = useState(false);
  const others = { ...search, q: without(search.q, field) };
  const { data, isPending } = useFacet(others, field, many ? MANY : FEW, refresh);
  const values = data?.values ?? [];
  const most = values.reduce((max, { count }) => Math.max(max, count), 1);
  return (
    <section className="facet">
      <h3>{field}</h3>
      {isPending && <div className="facet-skeleton" aria-hidden="true" />}
      {data !== undefined && values.length === 0 && <p className="facet-none">none</p>}
      <ul>
        {values.map(({ value, count: times }) => {
          const state = stateOf(search.q, field, value);
          return (
            <li key={value} data-state={state}>
              <button
                type="button"
                className="facet-value"
                title={`${visible(value)}\nClick: only with it · Alt-click: leave it out`}
                aria-pressed={state === 'included'}
                onClick={(event) => pivot(event.altKey ? 'exclude' : 'include', field, value)}
              >
                <svg className="facet-bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 1">
                  <rect width={(100 * times) / most} height="1" />
                </svg>
                {field === 'outcome' && (
                  <OutcomeMark outcome={OUTCOMES.find((known) => known === value) ?? 'unknown'} />
                )}
                <bdi>{visible(short(field, value)).slice(0, 80)}</bdi>
                <span>{count(times)}</span>
              </button>
              <button
                type="button"
                className="facet-minus"
                aria-label={`Leave out ${field} ${visible(value)}`}
                aria-pressed={state === 'excluded'}
                onClick={() => pivot('exclude', field, value)}
              >
                <IconMinus size={12} />
              </button>
            </li>
          );
        })}
      </ul>
      {(values.length === FEW || many) && (
        <button type="button" className="link facet-more" onClick={() => setMany(!many)}>
          {many ? 'fewer' : 'more'}
        </button>
      )}
    </section>
  );
}

function short(field: string, value: string): string {
  if (field === 'source.identity') return shortIdentity(value) ?? value;
  return field === 'destination.service' ? (shortService(value) ?? value) : value;
}
