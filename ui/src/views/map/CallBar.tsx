import { OutcomeMark } from '../../parts/OutcomeMark';
import { count } from '../../time/format';
import { rate } from '../../time/span';
import type { Calls } from './meshMap';
import { shares } from './strands';

/** The outcomes of some calls as one bar. */
export function CallBar({ calls }: { calls: Calls }) {
  return (
    <svg className="call-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect className="map-track" width="100" height="4" />
      {shares(calls).map(({ verdict, from, width }) => (
        <rect key={verdict} className={`bar-${verdict}`} x={from} width={Math.max(width, 1)} height="4" />
      ))}
    </svg>
  );
}

/** The same as figures, each with its rate over the range. */
export function CallFigures({ calls, seconds }: { calls: Calls; seconds: number | undefined }) {
  return (
    <dl className="figures">
      {(['allowed', 'denied', 'failed'] as const).map((outcome) => (
        <div key={outcome} data-none={calls[outcome] === 0 || undefined}>
          <dt className={`outcome outcome-${outcome}`}>
            <OutcomeMark outcome={outcome} />
            {outcome}
          </dt>
          <dd>
            <b>{count(calls[outcome])}</b> <i>{calls[outcome] > 0 && rate(calls[outcome], seconds)}</i>
          </dd>
        </div>
      ))}
      {calls.wouldDeny > 0 && (
        <div>
          <dt className="outcome figures-would">a dry run would deny</dt>
          <dd>
            <b>{count(calls.wouldDeny)}</b> <i>{rate(calls.wouldDeny, seconds)}</i>
          </dd>
        </div>
      )}
    </dl>
  );
}
