import { IconX } from '@tabler/icons-react';
import { visible } from '../../parts/Value';
import { pieces } from '../../query/edit';
import { count } from '../../time/format';
import { CallBar, CallFigures } from './CallBar';
import { Legend } from './Legend';
import { LinkList } from './LinkList';
import { add, type Calls, type Link, type MeshMap, NO_CALLS, type Place } from './meshMap';
import type { PanelSteps } from './panelSteps';

interface Props extends PanelSteps {
  readonly map: MeshMap;
  readonly places: ReadonlyMap<string, Place>;
  readonly q: string;
  readonly seconds: number | undefined;
}

const WORST = [
  { key: 'denied', title: 'Most denied', none: 'Nothing was denied.' },
  { key: 'failed', title: 'Most failed', none: 'Nothing failed.' },
  { key: 'wouldDeny', title: 'A dry run would deny', none: 'No dry run would deny any of them.' },
] as const;

/** While nothing is picked: the whole in figures, where to look first, and what the signs mean. */
export function Overview({ map, places, q, seconds, ...steps }: Props) {
  const all = map.links.map((link) => link.calls).reduce(add, NO_CALLS);
  const worst = (key: keyof Calls): Link[] =>
    map.links.filter(({ calls }) => calls[key] > 0).sort((a, b) => b.calls[key] - a.calls[key]);
  const hidden = pieces(q).filter((piece) => piece.startsWith('-'));
  return (
    <>
      <h2>All calls of the range</h2>
      <p className="panel-ids">
        {count(map.places.length)} places, {count(map.links.length)} links. A call that both sides report counts once.
      </p>
      <CallBar calls={all} />
      <CallFigures calls={all} seconds={seconds} />
      {hidden.length > 0 && (
        <section className="top">
          <h3>Hidden by the query</h3>
          <ul className="hidden-list">
            {hidden.map((piece) => (
              <li key={piece}>
                <code>{visible(piece.slice(1))}</code>
                <button
                  type="button"
                  aria-label={`Show again ${visible(piece.slice(1))}`}
                  onClick={() =>
                    steps.ask(
                      pieces(q)
                        .filter((other) => other !== piece)
                        .join(' '),
                    )
                  }
                >
                  <IconX size={13} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {WORST.map(({ key, title, none }) => (
        <LinkList
          key={key}
          title={title}
          links={worst(key)}
          places={places}
          show="both"
          figure={(calls) => calls[key]}
          none={none}
          pick={steps.pick}
        />
      ))}
      <Legend />
    </>
  );
}
