import { type MeshEvent, text } from '../event/event';
import { Unknown } from '../parts/Value';
import { useZone } from '../state/zone';
import { dateTime, nanoseconds } from '../time/format';

const SKEW_MILLIS = 1000;

/** Each moment with who claims it: the mesh when it happened, Meshtrail when it came. Far apart, that is said. */
export function Times({ event }: { event: MeshEvent }) {
  const [zone] = useZone();
  const time = text(event, 'time');
  const received = text(event, 'received');
  const skew = Date.parse(received ?? '') - Date.parse(time ?? '');
  return (
    <p className="times-line">
      <span title={time}>
        <i>happened</i> {time === undefined ? <Unknown /> : dateTime(time, zone)}
      </span>
      <span title={received}>
        <i>received</i> {received === undefined ? <Unknown /> : dateTime(received, zone).slice(11)}
      </span>
      {Math.abs(skew) > SKEW_MILLIS && (
        <em title="The time of the event is the mesh's claim; received is ours">
          {nanoseconds(Math.abs(skew) * 1e6)} {skew > 0 ? 'later' : 'earlier'}
        </em>
      )}
    </p>
  );
}
