import { useEvent } from '../../api/queries';
import { outcomeOf, type Schemas, text } from '../../event/event';
import { AnswerNotes } from '../../parts/AnswerNotes';
import { CopyButton } from '../../parts/CopyButton';
import { OutcomeWord } from '../../parts/OutcomeMark';
import { Unknown, visible } from '../../parts/Value';
import { useZone } from '../../state/zone';
import { dateTime } from '../../time/format';
import type { Range } from '../../time/range';
import { DiffTable } from './DiffTable';
import { EffectTable, type Window } from './Effect';
import { yaml } from './yaml';

interface Props {
  readonly address: string;
  readonly window: Window;
  readonly setWindow: (window: Window) => void;
  readonly events: (q: string, range: Range) => void;
  readonly openEvent: (address: string) => void;
}

/** One change: who, what, when; the object before and after; and whose calls it touched. */
export function Change({ address, window, setWindow, events, openEvent }: Props) {
  const { data, error, isPending } = useEvent(address);
  const [zone] = useZone();
  const event = data?.event;
  const before = data?.derived.before;
  const after = data?.derived.after;
  const verb = text(event ?? {}, 'change.verb');
  return (
    <article className="change" aria-label={`Change ${address}`}>
      <AnswerNotes error={error} answers={[data]} />
      {isPending && error === null && <div className="skeleton effect-skeleton" role="status" aria-label="Reading" />}
      {event !== undefined && (
        <>
          <header className="change-head">
            <h2>
              {verb === undefined ? 'changed' : visible(verb)}{' '}
              <bdi>
                {[text(event, 'object.namespace'), text(event, 'object.name')]
                  .filter(Boolean)
                  .map((s) => visible(s ?? ''))
                  .join('/') || 'an unnamed object'}
              </bdi>
            </h2>
            <OutcomeWord outcome={outcomeOf(event)} />
            <span className="grow" />
            <button type="button" className="link" onClick={() => openEvent(address)}>
              event {address}
            </button>
            <CopyButton text={address} label="Copy the address" />
          </header>
          {text(event, 'change.summary') !== undefined && (
            <p className="change-summary">
              <bdi>{visible(text(event, 'change.summary') ?? '').slice(0, 600)}</bdi>
            </p>
          )}
          <dl className="facts change-facts">
            <dt>Who</dt>
            <dd>
              <b>{visible(text(event, 'user.id') ?? '') || <Unknown />}</b>
              {text(event, 'user.impersonator') !== undefined && (
                <> as impersonated by {visible(text(event, 'user.impersonator') ?? '')}</>
              )}
              {text(event, 'user.groups') !== undefined && <i> {visible(text(event, 'user.groups') ?? '')}</i>}
            </dd>
            <dt>When</dt>
            <dd>{dateTime(text(event, 'time') ?? '', zone)}</dd>
            <dt>Kind</dt>
            <dd>
              {visible(text(event, 'object.kind') ?? 'unknown')} <i>{visible(text(event, 'object.group') ?? '')}</i>
            </dd>
            <dt>With</dt>
            <dd>{visible(text(event, 'user.agent') ?? '').slice(0, 120) || <Unknown />}</dd>
            <dt>Ticket</dt>
            <dd>
              {visible(text(event, 'change.ticket') ?? '') || <Unknown why="No ticket was named with the change" />}
            </dd>
            <dt>Cluster</dt>
            <dd>{visible(text(event, 'cluster') ?? '') || <Unknown />}</dd>
          </dl>
          <section className="change-diff" aria-label="Difference">
            <header>
              <Revision title="Before" object={before} none={verb === 'create' ? 'it was not there' : 'not known'} />
              <Revision title="After" object={after} none={verb === 'delete' ? 'it is gone' : 'not known'} />
            </header>
            <ObjectDiff verb={verb} before={before} after={after} />
          </section>
          <EffectTable address={address} window={window} setWindow={setWindow} events={events} />
        </>
      )}
    </article>
  );
}

type PolicyObject = Schemas['PolicyObject'];

function Revision({ title, object, none }: { title: string; object: PolicyObject | undefined; none: string }) {
  const [zone] = useZone();
  return (
    <div>
      <b>{title}</b>
      {object === undefined ? (
        <i>{none}</i>
      ) : (
        <i title={visible(object.basis)}>
          {object['object.revision'] !== undefined && `revision ${visible(object['object.revision'])}, `}
          {object['user.id'] !== undefined && `by ${visible(object['user.id'])} `}
          {object.time !== undefined && dateTime(object.time, zone).slice(0, 19)}
        </i>
      )}
      {object?.uncertainty !== undefined && <i className="change-unsure">{visible(object.uncertainty)}</i>}
    </div>
  );
}

function ObjectDiff({
  verb,
  before,
  after,
}: {
  verb: string | undefined;
  before: PolicyObject | undefined;
  after: PolicyObject | undefined;
}) {
  const [left, right] = [before?.object, after?.object];
  if (left === undefined && right === undefined) {
    return (
      <p className="change-none">
        Neither side was seen whole. The Kubernetes audit policy must send policies at level RequestResponse; then both
        are here. The event keeps what did arrive.
      </p>
    );
  }
  const lone = (left === undefined && verb !== 'create') || (right === undefined && verb !== 'delete');
  return (
    <>
      {lone && (
        <p className="change-none">
          The object {left === undefined ? 'before' : 'after'} the change is not known, so all of the other side is
          shown as changed.
        </p>
      )}
      <DiffTable before={left === undefined ? [] : yaml(left)} after={right === undefined ? [] : yaml(right)} />
    </>
  );
}
