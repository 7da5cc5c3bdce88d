import { STAGES, type Stage } from '../event/event';

/** How far an event has come, as one to four filled bars. The server's word; the proof is checked in the detail. */
export function StageMark({ stage }: { stage: Stage }) {
  const reached = STAGES.indexOf(stage);
  return (
    <svg className="stage-mark" viewBox="0 0 15 10" role="img" aria-label={stage}>
      <title>{stage}</title>
      {STAGES.map((name, i) => (
        <rect
          key={name}
          x={i * 4}
          y={7 - i * 2}
          width="2.6"
          height={3 + i * 2}
          rx=".6"
          data-on={i <= reached || undefined}
        />
      ))}
    </svg>
  );
}
