import { visible } from '../../parts/Value';
import { count } from '../../time/format';
import { CallBar } from './CallBar';
import { type Calls, type Link, type Place, total } from './meshMap';
import { spoken } from './strands';

const FEW = 8;

/** Some links in few words; each can be picked. */
export function LinkList({
  title,
  links,
  places,
  show,
  figure = total,
  none,
  pick,
}: {
  title: string;
  links: readonly Link[];
  places: ReadonlyMap<string, Place>;
  /** Which ends are named. */
  show: 'source' | 'destination' | 'both';
  /** Which count stands behind the name. */
  figure?: (calls: Calls) => number;
  none: string;
  pick: (id: string) => void;
}) {
  const name = (id: string) => visible(places.get(id)?.name ?? id);
  return (
    <section className="top">
      <h3>
        {title} {links.length > FEW && <i>{count(links.length)} in all</i>}
      </h3>
      {links.length === 0 && <p className="top-none">{none}</p>}
      <ul className="link-list">
        {links.slice(0, FEW).map((link) => (
          <li key={link.id}>
            <button type="button" title={spoken(link.calls)} onClick={() => pick(link.id)}>
              <bdi>{show === 'both' ? `${name(link.source)} → ${name(link.destination)}` : name(link[show])}</bdi>
              <span>{count(figure(link.calls))}</span>
              <CallBar calls={link.calls} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
