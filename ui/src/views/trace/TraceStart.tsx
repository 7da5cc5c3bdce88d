import { useState } from 'react';
import { outcomeOf, text } from '../../event/event';
import { what, who, whom } from '../../event/sentence';
import { AnswerNotes } from '../../parts/AnswerNotes';
import { OutcomeWord } from '../../parts/OutcomeMark';
import { visible } from '../../parts/Value';
import { useZone } from '../../state/zone';
import { dateTime } from '../../time/format';
import { useTroubledTraces } from './useTrace';

/** Which trace? By its id, or one in which something went wrong lately. */
export function TraceStart({ go }: { go: (id: string) => void }) {
  const [typed, setTyped] = useState('');
  const [zone] = useZone();
  const { data, error, isPending } = useTroubledTraces(true);
  const traces = new Map((data?.events ?? []).map((element) => [text(element.event, 'trace.id') ?? '', element]));
  return (
    <div className="page">
      <h1>Traces</h1>
      <p className="page-lead">
        One request over all services and clusters, with what each side told and what was decided at each step. Give a
        trace id or a request id, or choose one of those that were denied or failed lately.
      </p>
      <form
        className="trace-ask"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') go(typed.trim());
        }}
      >
        <input
          value={typed}
          spellCheck={false}
          placeholder="4bf92f3577b34da6a3ce929d0e0e4736"
          aria-label="Trace id or request id"
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className="control" disabled={typed.trim() === ''}>
          Tell its story
        </button>
      </form>
      <AnswerNotes error={error} answers={[data]} />
      {isPending && error === null && <div className="trace-skeleton skeleton" role="status" aria-label="Reading" />}
      {data !== undefined && traces.size === 0 && (
        <p className="page-note">
          No denied or failed event carries a trace id yet. Proxies tell it where the access log has{' '}
          <code>%TRACE_ID%</code>.
        </p>
      )}
      {traces.size > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th>Time</th>
              <th>Outcome</th>
              <th>Who → whom</th>
              <th>What</th>
              <th>Why</th>
              <th>Trace</th>
            </tr>
          </thead>
          <tbody>
            {[...traces].slice(0, 20).map(([id, { address, event }]) => (
              <tr key={address}>
                <td>{dateTime(text(event, 'time') ?? '', zone)}</td>
                <td>
                  <OutcomeWord outcome={outcomeOf(event)} />
                </td>
                <td>
                  <bdi>{visible(who(event) ?? 'unknown')}</bdi> → <bdi>{visible(whom(event) ?? 'unknown')}</bdi>
                </td>
                <td className="trace-what">
                  <bdi>{visible((what(event) ?? '').slice(0, 60))}</bdi>
                </td>
                <td>{text(event, 'reason') ?? text(event, 'policy.name') ?? ''}</td>
                <td>
                  <button type="button" className="link" onClick={() => go(id)}>
                    <code>{visible(id.slice(0, 16))}</code>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
