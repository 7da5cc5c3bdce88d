import { IconShieldCheckFilled } from '@tabler/icons-react';
import { STAGES, type Stage } from '../event/event';

/**
 * How far an event has come, as one to four filled bars and a word. That is the server's word; "verified" is said only
 * after this browser checked the proof.
 */
export function StageMark({ stage, verified = false }: { stage: Stage; verified?: boolean }) {
  if (verified) {
    return (
      <span className="stage stage-verified" title="Checked in this browser: bytes, path and signature">
        <IconShieldCheckFilled size={13} aria-hidden="true" />
        <span>verified</span>
      </span>
    );
  }
  const reached = STAGES.indexOf(stage);
  return (
    <span className="stage" title={`${stage}, says the server; v checks it here`}>
      <svg className="stage-mark" viewBox="0 0 15 10" aria-hidden="true">
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
      <span>{stage}</span>
    </span>
  );
}
