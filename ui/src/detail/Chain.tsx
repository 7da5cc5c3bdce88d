import type { EventDetail } from '../event/event';
import { type MeshEvent, outcomeOf, text } from '../event/event';
import { what, who } from '../event/sentence';
import { visible } from '../parts/Value';
import { literal } from '../query/edit';
import { type Navigate, toView } from '../state/view';

interface Link {
  readonly role: string;
  readonly words: string | undefined;
  readonly why: string;
  readonly go: (() => void) | undefined;
}

/** Caller → request → decision → policy → change → person: each one click away, and what is not known said. */
export function Chain({ detail, navigate }: { detail: EventDetail; navigate: Navigate }) {
  const links = isChange(detail.event) ? ofChange(detail, navigate) : ofCall(detail, navigate);
  return (
    <ol className="chain" aria-label="From the caller to the person who changed the policy">
      {links.map(({ role, words, why, go }) => (
        <li key={role} data-unknown={words === undefined || undefined}>
          <i>{role}</i>
          {go === undefined || words === undefined ? (
            <span title={why}>{words === undefined ? 'unknown' : visible(words).slice(0, 60)}</span>
          ) : (
            <button type="button" title={why} onClick={go}>
              {visible(words).slice(0, 60)}
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}

const EVERYTHING = { from: undefined, to: undefined };
const isChange = (event: MeshEvent): boolean => outcomeOf(event) === 'changed';

function finder(event: MeshEvent, navigate: Navigate) {
  return (field: string): (() => void) | undefined => {
    const value = text(event, field);
    return value === undefined
      ? undefined
      : () => navigate({ q: `${field}:${literal(value)}`, range: EVERYTHING, live: false });
  };
}

function ofCall(detail: EventDetail, navigate: Navigate): readonly Link[] {
  const { event, derived } = detail;
  const find = finder(event, navigate);
  const change = derived['policy.change'];
  const trace = text(event, 'trace.id');
  const policy = text(event, 'policy.name');
  const fallback = text(event, 'policy.action') === 'default_deny' ? 'no policy allowed it' : undefined;
  const revision = inForce(derived['policy.in_force']);
  const caller = ['source.identity', 'source.workload', 'source.address'].find((f) => text(event, f) !== undefined);
  return [
    { role: 'caller', words: who(event), why: 'All that this caller did', go: find(caller ?? 'source.identity') },
    {
      role: 'asked for',
      words: what(event),
      why: 'The whole trace',
      go: trace === undefined ? undefined : () => navigate({ ...toView('trace'), own: { id: trace } }),
    },
    { role: 'decision', words: text(event, 'outcome'), why: 'All with this reason', go: find('reason') },
    {
      role: 'policy',
      words: policy === undefined ? fallback : revision === undefined ? policy : `${policy} @ ${revision}`,
      why: policy === undefined ? 'No policy is named by the proxy' : 'All decisions of this policy',
      go: find('policy.name'),
    },
    {
      role: 'last change',
      words: change?.['change.verb'],
      why: change?.basis ?? 'No change of it is known from before this event',
      go: change === undefined ? undefined : () => navigate({ event: change.address }),
    },
    {
      role: 'by',
      words: change?.['user.id'],
      why: 'All that this person changed',
      go:
        change?.['user.id'] === undefined
          ? undefined
          : () => navigate({ q: `user.id:${literal(change['user.id'] ?? '')}`, range: EVERYTHING, live: false }),
    },
  ];
}

function ofChange({ event }: EventDetail, navigate: Navigate): readonly Link[] {
  const find = finder(event, navigate);
  const name = [text(event, 'object.namespace'), text(event, 'object.name')].filter(Boolean).join('/');
  return [
    { role: 'by', words: who(event), why: 'All that this person changed', go: find('user.id') },
    { role: 'did', words: text(event, 'change.verb'), why: 'The verb of the API', go: undefined },
    { role: 'to', words: name || undefined, why: 'All changes of this object', go: find('object.name') },
    {
      role: 'decisions',
      words: name === '' ? undefined : 'what it decided',
      why: 'Every decision that names this policy',
      go:
        name === '' ? undefined : () => navigate({ q: `policy.name:${literal(name)}`, range: EVERYTHING, live: false }),
    },
  ];
}

/** The revision that was in force, where the server joins it. */
function inForce(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('object.revision' in value)) return undefined;
  return String(value['object.revision']);
}
