import { IconChevronDown, IconChevronRight, IconPin, IconPinFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { type Search, useFacet } from '../../api/queries';
import { stateOf, without } from '../../query/edit';
import { count } from '../../time/format';
import type { Pivot } from '../pivot';
import { FacetValue } from './FacetValue';

interface Props {
  readonly field: string;
  readonly search: Search;
  readonly refresh: number | false;
  readonly pivot: Pivot;
  readonly opened: boolean;
  readonly toggleOpened: () => void;
  readonly pinned: boolean;
  readonly togglePinned: () => void;
}

const FEW = 5;
const MANY = 100;

/** The frequent values of one field. Its own filter does not count, so that its other values stay in sight. */
export function Facet({ field, search, refresh, pivot, opened, toggleOpened, pinned, togglePinned }: Props) {
  const [many, setMany] = useState(false);
  const [sought, setSought] = useState('');
  const others = { ...search, q: without(search.q, field) };
  const { data, isPending } = useFacet(others, field, many ? MANY : FEW, refresh, opened);
  const all = data?.values ?? [];
  const needle = sought.trim().toLowerCase();
  const values = all.filter(({ value }) => value.toLowerCase().includes(needle));
  const most = all.reduce((max, { count }) => Math.max(max, count), 1);
  return (
    <section className="facet" aria-label={field}>
      <h3>
        <button type="button" className="facet-title" aria-expanded={opened} onClick={toggleOpened}>
          {opened ? <IconChevronDown size={12} /> : <IconChevronRight size={12} />}
          {field}
        </button>
        <button
          type="button"
          className="facet-pin"
          aria-pressed={pinned}
          aria-label={pinned ? `Unpin ${field}` : `Pin ${field} to the top`}
          onClick={togglePinned}
        >
          {pinned ? <IconPinFilled size={12} /> : <IconPin size={12} />}
        </button>
      </h3>
      {opened && many && (
        <input
          className="facets-find"
          placeholder={`Find among the ${MANY} most frequent`}
          aria-label={`Find a value of ${field}`}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      )}
      {opened && isPending && <div className="facet-skeleton" aria-hidden="true" />}
      {opened && data !== undefined && all.length === 0 && <p className="facet-none">no event here has it</p>}
      {opened && (
        <ul>
          {values.map(({ value, count: times }) => (
            <FacetValue
              key={value}
              field={field}
              value={value}
              times={times}
              share={times / most}
              state={stateOf(search.q, field, value)}
              pivot={pivot}
            />
          ))}
        </ul>
      )}
      {opened && data?.absent !== undefined && data.absent > 0 && all.length > 0 && (
        <p className="facet-none">unknown in {count(data.absent)}</p>
      )}
      {opened && (all.length === FEW || many) && (
        <button type="button" className="link facet-more" onClick={() => setMany(!many)}>
          {many ? 'fewer' : 'more'}
        </button>
      )}
    </section>
  );
}
