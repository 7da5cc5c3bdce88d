import {
  IconBook2,
  IconBox,
  IconClockHour4,
  IconGitCommit,
  IconPlugConnected,
  IconRoute,
  IconShieldCheck,
  IconUser,
} from '@tabler/icons-react';
import type { EventDetail } from '../event/event';
import { text } from '../event/event';
import { explain } from '../event/reasons';
import { OutcomeMark } from '../parts/OutcomeMark';
import { visible } from '../parts/Value';
import { literal } from '../query/edit';
import { type Navigate, toView, type View } from '../state/view';
import { useZone } from '../state/zone';
import { dateTime } from '../time/format';

const EVERYTHING = { from: undefined, to: undefined };

/** Why it came out like this: the reason in words, the last change of the policy behind it, and where to look next. */
export function Story({ detail, navigate }: { detail: EventDetail; navigate: Navigate }) {
  const { event } = detail;
  const [zone] = useZone();
  const change = detail.derived['policy.change'];
  const policy = text(event, 'policy.name');
  const reason = text(event, 'reason');
  const outcome = text(event, 'outcome');
  const object = [text(event, 'object.namespace'), text(event, 'object.name')].filter(Boolean).join('/');
  const trace = text(event, 'trace.id') ?? text(event, 'request.id');
  const shadow = text(event, 'shadow.policy');
  return (
    <section className={`story story-${outcome}`} aria-label="Why">
      <p className="story-reason">
        <bdi>{visible(explain(event).slice(0, 600))}</bdi>
        {reason !== undefined && (
          <button type="button" className="link story-doc" onClick={() => navigate({ doc: `reasons/${reason}` })}>
            <IconBook2 size={13} aria-hidden="true" /> What {visible(reason)} means
          </button>
        )}
      </p>
      {shadow !== undefined && (
        <p className="story-shadow">
          A dry run of <b>{visible(shadow)}</b> would have said: {text(event, 'shadow.action') ?? 'unknown'}.
        </p>
      )}
      {change !== undefined && (
        <button type="button" className="story-change" onClick={() => navigate({ event: change.address })}>
          <OutcomeMark outcome="changed" />
          <span>
            <b>{visible(change['user.id'] ?? 'An unknown user')}</b> changed <b>{visible(policy ?? 'the policy')}</b> at{' '}
            {dateTime(change.time, zone)}{' '}
            {change['change.summary'] !== undefined && <code>{visible(change['change.summary'])}</code>}{' '}
            <i>
              {change.basis} · {change.address}
            </i>
          </span>
        </button>
      )}
      {outcome === 'denied' && policy !== undefined && change === undefined && (
        <p className="story-none">No change of {visible(policy)} is known from before this event.</p>
      )}
      <div className="pivots">
        {text(event, 'kind') === 'policy_change' && (
          <PivotLink
            icon={<IconGitCommit size={13} />}
            label="Difference and effect"
            go={() => navigate({ ...toView('policies'), range: EVERYTHING, own: { pick: detail.address } })}
          />
        )}
        {policy !== undefined && (
          <PivotLink
            icon={<IconShieldCheck size={13} />}
            label="Policies in force then"
            go={() => navigate(policiesAt(text(event, 'time') ?? '', change?.address))}
          />
        )}
        <PivotLink
          icon={<IconClockHour4 size={13} />}
          label="Around this moment"
          go={() => navigate({ q: '', range: around(text(event, 'time') ?? ''), live: false })}
        />
        {trace !== undefined && (
          <PivotLink
            icon={<IconRoute size={13} />}
            label="This trace"
            go={() => navigate({ ...toView('trace'), own: { id: trace } })}
          />
        )}
        <FieldPivot
          icon={<IconUser size={13} />}
          label="This caller"
          field="source.identity"
          detail={detail}
          navigate={navigate}
        />
        <FieldPivot
          icon={<IconBox size={13} />}
          label="This workload"
          field="destination.workload"
          detail={detail}
          navigate={navigate}
        />
        <FieldPivot
          icon={<IconPlugConnected size={13} />}
          label="This connection"
          field="connection.id"
          detail={detail}
          navigate={navigate}
        />
        <FieldPivot
          icon={<IconUser size={13} />}
          label="This user"
          field="user.id"
          detail={detail}
          navigate={navigate}
        />
        <FieldPivot
          icon={<IconShieldCheck size={13} />}
          label="This policy"
          field="policy.name"
          detail={detail}
          navigate={navigate}
        />
        {object !== '' && (
          <PivotLink
            icon={<IconGitCommit size={13} />}
            label="Decisions of this policy"
            go={() => navigate({ q: `policy.name:${literal(object)}`, range: EVERYTHING, live: false })}
          />
        )}
      </div>
    </section>
  );
}

/** The policies as they stood when it was decided, with the one that decided opened if its last change is known. */
const policiesAt = (time: string, address: string | undefined): Partial<View> => ({
  ...toView('policies'),
  range: EVERYTHING,
  own: { group: 'force', at: time, ...(address === undefined ? {} : { pick: address }) },
});

function FieldPivot({
  field,
  detail,
  navigate,
  ...rest
}: {
  icon: React.ReactNode;
  label: string;
  field: string;
  detail: EventDetail;
  navigate: Navigate;
}) {
  const value = text(detail.event, field);
  const observer = text(detail.event, 'observer.name');
  if (value === undefined) return null;
  // Every proxy numbers its own connections.
  const scope = field === 'connection.id' && observer !== undefined ? ` observer.name:${literal(observer)}` : '';
  const q = `${field}:${literal(value)}${scope}`;
  return <PivotLink {...rest} go={() => navigate({ q, range: EVERYTHING, live: false })} />;
}

function PivotLink({ icon, label, go }: { icon: React.ReactNode; label: string; go: () => void }) {
  return (
    <button type="button" className="pivot" onClick={go}>
      {icon}
      {label}
    </button>
  );
}

const FIVE_MINUTES = 300_000;

function around(time: string): { from: string; to: string } {
  const at = Date.parse(time);
  const text = (millis: number) => `${new Date(millis).toISOString().slice(0, 23)}000000Z`;
  return { from: text(at - FIVE_MINUTES), to: text(at + FIVE_MINUTES) };
}
