import { Button } from '@mantine/core';
import type { Search } from '../../api/queries';
import { Unknown, visible } from '../../parts/Value';
import { also, literal } from '../../query/edit';
import { CallBar, CallFigures } from './CallBar';
import { placeFilter, withoutPlace } from './filters';
import { LinkList } from './LinkList';
import { add, around, type MeshMap, NO_CALLS, type Place } from './meshMap';
import { PanelActions } from './PanelActions';
import type { PanelSteps } from './panelSteps';
import { TopValues } from './TopValues';

interface Props extends PanelSteps {
  readonly place: Place;
  readonly map: MeshMap;
  readonly places: ReadonlyMap<string, Place>;
  readonly search: Search;
  readonly seconds: number | undefined;
  readonly refresh: number | false;
  readonly open: (() => void) | undefined;
}

/** One place: what comes to it, what it calls, and what is refused. */
export function PlacePanel({ place, map, places, search, seconds, refresh, open, ...steps }: Props) {
  const { into, out } = around(map, place.id);
  const calls = into.map((link) => link.calls).reduce(add, NO_CALLS);
  const filter = placeFilter(place);
  const these: Search = { ...search, q: also(search.q, filter) };
  return (
    <>
      <h2>{visible(place.name)}</h2>
      <p className="panel-ids">
        {place.members !== undefined ? (
          `${place.members} workloads, folded into one`
        ) : (
          <bdi>{visible(place.ids.join(' and '))}</bdi>
        )}
      </p>
      {place.ids.length > 1 && place.members === undefined && (
        <p className="panel-note">
          Some reports know only the workload's name. It is taken for this identity, as no other has that name.
        </p>
      )}
      <dl className="facts">
        <dt>Namespace</dt>
        <dd>{place.namespace === '' ? <Unknown /> : visible(place.namespace)}</dd>
        <dt>Cluster</dt>
        <dd title="Where its own proxy reports, else where it was seen">
          {place.cluster === '' ? <Unknown /> : visible(place.cluster)}
        </dd>
      </dl>
      <h3>Calls to it</h3>
      <CallBar calls={calls} />
      <CallFigures calls={calls} seconds={seconds} />
      <PanelActions
        show={() => steps.events(these.q)}
        only={() => steps.ask(also(search.q, filter))}
        hide={() => steps.ask(also(search.q, withoutPlace(place)))}
      />
      {open !== undefined && (
        <Button size="xs" variant="light" onClick={open} fullWidth>
          {place.members !== undefined ? 'Open this namespace' : 'Fold this namespace'}
        </Button>
      )}
      <LinkList title="Called by" links={into} places={places} show="source" none="Nobody." pick={steps.pick} />
      <LinkList title="Calls" links={out} places={places} show="destination" none="Nobody." pick={steps.pick} />
      <TopValues
        title="Why denied or failed, either way"
        search={{ ...these, q: also(these.q, 'outcome:(denied OR failed)') }}
        field="reason"
        none="Nothing was denied, nothing failed."
        refresh={refresh}
        open={(value) => steps.events(also(these.q, `reason:${literal(value)}`))}
      />
    </>
  );
}
