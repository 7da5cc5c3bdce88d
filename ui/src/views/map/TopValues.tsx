import { type Search, useFacet } from '../../api/queries';
import { visible } from '../../parts/Value';
import { count } from '../../time/format';

interface Props {
  readonly title: string;
  readonly search: Search;
  readonly field: string;
  /** What is said if no event has the field. */
  readonly none: string;
  readonly refresh: number | false;
  readonly open: (value: string) => void;
}

/** The most frequent values of a field among the events of a query; each leads to its events. */
export function TopValues({ title, search, field, none, refresh, open }: Props) {
  const { data, isPending } = useFacet(search, field, 5, refresh);
  const most = Math.max(1, ...(data?.values ?? []).map((value) => value.count));
  return (
    <section className="top">
      <h3>{title}</h3>
      {isPending && <div className="skeleton" aria-hidden="true" />}
      {data?.values.length === 0 && <p className="top-none">{none}</p>}
      <ul>
        {data?.values.map(({ value, count: times }) => (
          <li key={value}>
            <button type="button" title={`${visible(value)}\nShow these events`} onClick={() => open(value)}>
              <svg className="top-bar" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 1">
                <rect width={(100 * times) / most} height="1" />
              </svg>
              <bdi>{visible(value).slice(0, 90)}</bdi>
              <span>{count(times)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
