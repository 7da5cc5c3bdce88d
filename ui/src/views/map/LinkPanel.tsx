import type { Search } from '../../api/queries';
import { visible } from '../../parts/Value';
import { also, literal } from '../../query/edit';
import { CallBar, CallFigures } from './CallBar';
import { linkFilter, withoutLink } from './filters';
import type { Link, Place } from './meshMap';
import { PanelActions } from './PanelActions';
import type { PanelSteps } from './panelSteps';
import { TopValues } from './TopValues';

interface Props extends PanelSteps {
  readonly link: Link;
  readonly source: Place;
  readonly destination: Place;
  readonly search: Search;
  readonly seconds: number | undefined;
  readonly refresh: number | false;
}

/** The calls from one place to another: how many, why not, by which policy, and for what. */
export function LinkPanel({ link, source, destination, search, seconds, refresh, ...steps }: Props) {
  const filter = linkFilter(source, destination);
  const these: Search = { ...search, q: also(search.q, filter) };
  const refused: Search = { ...these, q: also(these.q, 'outcome:(denied OR failed)') };
  const open = (field: string) => (value: string) => steps.events(also(these.q, `${field}:${literal(value)}`));
  const bad = link.calls.denied + link.calls.failed;
  return (
    <>
      <h2>
        <button type="button" className="link" onClick={() => steps.pick(source.id)}>
          {visible(source.name)}
        </button>{' '}
        <i>→</i>{' '}
        <button type="button" className="link" onClick={() => steps.pick(destination.id)}>
          {visible(destination.name)}
        </button>
      </h2>
      <p className="panel-ids">
        <bdi>{visible(source.ids.join(', '))}</bdi> → <bdi>{visible(destination.ids.join(', '))}</bdi>
      </p>
      <CallBar calls={link.calls} />
      <CallFigures calls={link.calls} seconds={seconds} />
      <PanelActions
        show={() => steps.events(these.q)}
        only={() => steps.ask(also(search.q, filter))}
        hide={() => steps.ask(also(search.q, withoutLink(source, destination)))}
      />
      {bad > 0 && (
        <>
          <TopValues
            title="Why denied or failed"
            search={refused}
            field="reason"
            none="No reason was told."
            refresh={refresh}
            open={open('reason')}
          />
          <TopValues
            title="Policies that denied"
            search={{ ...these, q: also(these.q, 'outcome:denied') }}
            field="policy.name"
            none="None is named: a denial by default has no policy, only the lack of one."
            refresh={refresh}
            open={open('policy.name')}
          />
        </>
      )}
      {link.calls.wouldDeny > 0 && (
        <TopValues
          title="Dry runs that would deny"
          search={{ ...these, q: also(these.q, 'shadow.action:(deny OR default_deny)') }}
          field="shadow.policy"
          none="The dry run has no name: it would deny by default."
          refresh={refresh}
          open={open('shadow.policy')}
        />
      )}
      <TopValues
        title={bad > 0 ? 'Paths denied or failed' : 'Paths'}
        search={bad > 0 ? refused : these}
        field="http.path"
        none="No path: these are not HTTP requests."
        refresh={refresh}
        open={open('http.path')}
      />
      <TopValues
        title="How the caller is known"
        search={these}
        field="source.verified"
        none="Not told."
        refresh={refresh}
        open={open('source.verified')}
      />
    </>
  );
}
