import { memo } from 'react';
import { type MeshEvent, outcomeOf, type Stage, text } from '../../event/event';
import { explain } from '../../event/reasons';
import {
  hasStatus,
  type Part,
  shortened,
  statusPart,
  verdict,
  whatPart,
  whomPart,
  whoPart,
} from '../../event/sentence';
import { OutcomeMark, OutcomeWord } from '../../parts/OutcomeMark';
import { StageMark } from '../../parts/StageMark';
import { Unknown, visible } from '../../parts/Value';
import { clock, day, nanoseconds, type Zone } from '../../time/format';

interface Props {
  readonly name: string;
  readonly event: MeshEvent;
  readonly stage: Stage;
  readonly verified: boolean;
  readonly zone: Zone;
}

/** One column of one event. Every value says which field it is of, so that it can be pointed at. */
export const Cell = memo(function Cell({ name, event, stage, verified, zone }: Props) {
  switch (name) {
    case 'event':
      return <Sentence event={event} />;
    case 'who':
      return <Words part={whoPart(event)} />;
    case 'whom':
      return <Words part={whomPart(event)} />;
    case 'what':
      return <Words part={whatPart(event)} />;
    case 'status':
      return <Words part={statusPart(event)} silent={!hasStatus(event)} />;
    case 'why':
      return <Why event={event} />;
    case 'stage':
      return <StageMark stage={stage} verified={verified} />;
    case 'outcome':
      return (
        <span {...pointed({ field: 'outcome', value: outcomeOf(event) })}>
          <OutcomeWord outcome={outcomeOf(event)} />
        </span>
      );
    case 'time':
    case 'received':
      return <Moment time={text(event, name) ?? text(event, 'received')} zone={zone} />;
    default:
      return <Field name={name} event={event} />;
  }
});

/** "shop/web → orders POST /charge 403 denied by shop/only-frontend", with its parts under one another. */
function Sentence({ event }: { event: MeshEvent }) {
  const outcome = outcomeOf(event);
  const status = statusPart(event);
  return (
    <span className={`sentence row-${outcome}`}>
      <OutcomeMark outcome={outcome} />
      <span className="sentence-parties">
        <Words part={whoPart(event)} />
        <i> → </i>
        <Words part={whomPart(event)} />
      </span>
      <span className="sentence-what">
        <Words part={whatPart(event)} silent={text(event, 'kind') === 'gap'} />
      </span>
      <span className="sentence-status">{status !== undefined && <Words part={status} />}</span>
      <span className="sentence-why" title={visible(explain(event)).slice(0, 600)}>
        <Why event={event} />
      </span>
    </span>
  );
}

function Why({ event }: { event: MeshEvent }) {
  const { outcome, joint, why, note } = verdict(event);
  const shadow = text(event, 'shadow.action') === 'allow' ? undefined : text(event, 'shadow.policy');
  return (
    <span className={`why outcome-${outcomeOf(event)}`}>
      <b {...pointed(outcome)}>{visible(outcome.words)}</b>
      {joint === ':' ? ': ' : joint === '' ? '' : ` ${joint} `}
      {why.map((part) => (
        <span key={part.field} className={part.field === 'policy.name' ? 'why-policy' : 'why-reason'}>
          <Words part={part} />{' '}
        </span>
      ))}
      {note !== undefined && <i>({note})</i>}
      {why.length === 0 && text(event, 'kind') !== 'ledger' && (
        <i title="The source does not tell which policy or reason it was">, policy unknown</i>
      )}
      {shadow !== undefined && text(event, 'outcome') === 'allowed' && (
        <em title={`A dry run of ${visible(shadow)} would have denied it`}>would be denied</em>
      )}
    </span>
  );
}

const SHOWN = 200;

function Words({ part, silent = false }: { part: Part | undefined; silent?: boolean }) {
  if (part === undefined) return silent ? null : <Unknown why="The source does not report it" />;
  return (
    <bdi {...pointed(part)} title={part.words === part.value ? undefined : visible(part.value).slice(0, 300)}>
      {visible(part.words.slice(0, SHOWN))}
    </bdi>
  );
}

function Moment({ time, zone }: { time: string | undefined; zone: Zone }) {
  if (time === undefined) return <Unknown />;
  return (
    <span className="row-time" title={`${time}\n${clock(time, 'local')} local`}>
      <i>{day(time, zone).slice(5)} </i>
      {clock(time, zone)}
    </span>
  );
}

function Field({ name, event }: { name: string; event: MeshEvent }) {
  const value = text(event, name);
  if (value === undefined) return <Unknown why={`The source does not report ${name}`} />;
  const words = name === 'duration' ? nanoseconds(Number(value)) : shortened(name, value);
  return <Words part={{ field: name, value, words }} />;
}

/** Marks an element as the value of a field; the list finds it under the pointer and for the keyboard. */
const pointed = ({ field, value }: { field: string; value: string }) => ({
  'data-field': field,
  'data-value': value,
});
