import { memo } from 'react';
import { type Element, type MeshEvent, outcomeOf, type Stage, text } from '../event/event';
import { explain } from '../event/reasons';
import { what, who, whom } from '../event/sentence';
import { OutcomeWord } from '../parts/OutcomeMark';
import { StageMark } from '../parts/StageMark';
import { Unknown, visible } from '../parts/Value';
import { clock, day, type Zone } from '../time/format';
import type { Pivot } from './pivot';

interface Props {
  readonly element: Element;
  readonly stage: Stage;
  readonly top: number;
  readonly fresh: boolean;
  readonly chosen: boolean;
  readonly zone: Zone;
  readonly open: (address: string) => void;
  readonly pivot: Pivot;
}

/** One event on one line, read like a sentence. */
export const EventRow = memo(function EventRow({ element, stage, top, fresh, chosen, zone, open, pivot }: Props) {
  const { event, address } = element;
  const outcome = outcomeOf(event);
  const time = text(event, 'time') ?? text(event, 'received') ?? '';
  /** Alt-click on a cell leaves its value out; a plain click opens the event. */
  const pick = (field: string) => (click: React.MouseEvent) => {
    const value = text(event, field);
    if (!click.altKey || value === undefined) return;
    click.stopPropagation();
    pivot('exclude', field, value);
  };
  return (
    <div
      className={`row row-${outcome}`}
      role="row"
      tabIndex={0}
      data-chosen={chosen || undefined}
      data-fresh={fresh || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => open(address)}
      onKeyDown={(key) => key.key === 'Enter' && open(address)}
    >
      <span role="cell" className="row-time" title={time}>
        <i>{day(time, zone).slice(5)}</i> {clock(time, zone)}
      </span>
      <span role="cell" onClick={pick('outcome')}>
        <OutcomeWord outcome={outcome} />
      </span>
      <span role="cell" className="row-kind" onClick={pick('kind')}>
        {text(event, 'kind')?.replace('_', ' ') ?? <Unknown />}
      </span>
      <span role="cell" className="row-parties">
        <Party text={who(event)} title={text(event, 'source.identity') ?? text(event, 'user.id')} />
        <i>→</i>
        <Party text={whom(event)} title={text(event, 'destination.service')} />
      </span>
      <span role="cell" className="row-what" onClick={pick('http.path')}>
        <Cut text={what(event)} />
      </span>
      <span role="cell" className="row-status" onClick={pick('http.status')}>
        {status(event)}
      </span>
      <span role="cell" className="row-why" onClick={pick('reason')} title={visible(explain(event))}>
        <Why event={event} />
      </span>
      <span role="cell">
        <StageMark stage={stage} />
      </span>
    </div>
  );
});

function Party({ text: name, title }: { text: string | undefined; title: string | undefined }) {
  if (name === undefined) return <Unknown />;
  return <bdi title={title}>{visible(name).slice(0, 120)}</bdi>;
}

function Cut({ text: words }: { text: string | undefined }) {
  if (words === undefined) return <Unknown />;
  return <bdi title={visible(words).slice(0, 500)}>{visible(words.slice(0, 200))}</bdi>;
}

function status(event: MeshEvent): React.ReactNode {
  const code = text(event, 'grpc.status') ?? text(event, 'http.status');
  if (code !== undefined) return code;
  return ['request', 'token'].includes(text(event, 'kind') ?? '') ? <Unknown /> : null;
}

function Why({ event }: { event: MeshEvent }) {
  const reason = text(event, 'reason');
  const policy = text(event, 'policy.name');
  const shadow = text(event, 'shadow.action') === 'deny' ? text(event, 'shadow.policy') : undefined;
  if (reason === undefined && policy === undefined && shadow === undefined) {
    if (text(event, 'kind') === 'ledger') return null;
    if (text(event, 'outcome') === 'changed') return text(event, 'change.verb') ?? null;
    return <Unknown why="No policy or reason was told" />;
  }
  return (
    <>
      {reason !== undefined && <b>{reason}</b>}
      {shadow !== undefined && <em title={`A dry run of ${visible(shadow)} would have denied it`}>would deny</em>}
      {policy !== undefined && <bdi>{visible(policy)}</bdi>}
    </>
  );
}
