import { useEffect, useRef } from 'react';
import { visible } from '../../parts/Value';
import { count } from '../../time/format';
import { rate } from '../../time/span';
import { type Link, type MeshMap, type Place, total } from './meshMap';
import { type Sort, sorted, writeSort } from './sort';

interface Props {
  readonly map: MeshMap;
  readonly places: ReadonlyMap<string, Place>;
  readonly sort: Sort;
  readonly setSort: (sort: string) => void;
  readonly picked: string | undefined;
  readonly pick: (id: string) => void;
  readonly seconds: number | undefined;
}

const COLUMNS = [
  { key: 'source', title: 'Caller' },
  { key: 'destination', title: 'Called' },
  { key: 'allowed', title: 'Allowed' },
  { key: 'denied', title: 'Denied' },
  { key: 'failed', title: 'Failed' },
  { key: 'wouldDeny', title: 'Would be denied' },
  { key: 'total', title: 'Calls' },
] as const;

const MOST = 500;

/** The same links as rows: to read, to sort, and for those who do not see the picture. */
export function MapTable({ map, places, sort, setSort, picked, pick, seconds }: Props) {
  const chosen = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (picked !== undefined) chosen.current?.scrollIntoView({ block: 'nearest' });
  }, [picked]);
  const name = (id: string) => places.get(id)?.name ?? id;
  const touching = (link: Link) => link.id === picked || link.source === picked || link.destination === picked;
  const rows = sorted(map.links, sort, name);
  const firstTouching = rows.find(touching)?.id;
  return (
    <section className="map-table" aria-label="The same as a table">
      <table className="table">
        <thead>
          <tr>
            {COLUMNS.map(({ key, title }) => (
              <th
                key={key}
                className={key === 'source' || key === 'destination' ? undefined : 'num'}
                aria-sort={sort.key !== key ? 'none' : sort.down ? 'descending' : 'ascending'}
              >
                <button type="button" onClick={() => setSort(writeSort(sort, key))}>
                  {title}
                  {sort.key === key && (sort.down ? ' ↓' : ' ↑')}
                </button>
              </th>
            ))}
            {seconds !== undefined && <th className="num">Rate</th>}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST).map((link) => (
            <tr
              key={link.id}
              ref={link.id === firstTouching ? chosen : undefined}
              data-chosen={touching(link) || undefined}
            >
              <td>
                <button type="button" aria-pressed={link.id === picked} onClick={() => pick(link.id)}>
                  <bdi>{visible(name(link.source))}</bdi>
                </button>
              </td>
              <td>
                <bdi>{visible(name(link.destination))}</bdi>
              </td>
              {(['allowed', 'denied', 'failed', 'wouldDeny'] as const).map((key) => (
                <td key={key} className={`num num-${key}`} data-none={link.calls[key] === 0 || undefined}>
                  {count(link.calls[key])}
                </td>
              ))}
              <td className="num">{count(total(link.calls))}</td>
              {seconds !== undefined && <td className="num">{rate(total(link.calls), seconds)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST && (
        <p className="map-more">
          The first {count(MOST)} of {count(rows.length)} rows; a query narrows them.
        </p>
      )}
    </section>
  );
}
