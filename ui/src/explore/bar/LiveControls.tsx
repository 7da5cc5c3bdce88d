import { Tooltip } from '@mantine/core';
import { IconEraser, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { Tail } from '../../live/useTail';

interface Props {
  readonly tail: Tail;
  readonly live: boolean;
  readonly paused: boolean;
  readonly toggle: () => void;
  readonly pause: (paused: boolean) => void;
  readonly clear: () => void;
}

export function LiveControls({ tail, live, paused, toggle, pause, clear }: Props) {
  const words =
    tail.state === 'lost' ? 'reconnecting' : `${tail.rate < 10 ? tail.rate.toFixed(1) : Math.round(tail.rate)}/s`;
  return (
    <div className="live" data-on={live || undefined} data-paused={paused || undefined}>
      <Tooltip label={live ? 'Stop (l)' : 'Show events as they arrive (l)'}>
        <button type="button" className="control" aria-pressed={live} onClick={toggle}>
          <span className="live-dot" aria-hidden="true" />
          Live
          {live && <span className="live-rate">{words}</span>}
        </button>
      </Tooltip>
      {live && (
        <Tooltip label={paused ? 'Resume (p)' : 'Pause (p)'}>
          <button
            type="button"
            className="control control-icon"
            aria-label={paused ? 'Resume' : 'Pause'}
            onClick={() => pause(!paused)}
          >
            {paused ? <IconPlayerPlay size={15} /> : <IconPlayerPause size={15} />}
          </button>
        </Tooltip>
      )}
      {live && tail.rows.length > 0 && (
        <Tooltip label="Clear what arrived">
          <button type="button" className="control control-icon" aria-label="Clear what arrived" onClick={clear}>
            <IconEraser size={15} />
          </button>
        </Tooltip>
      )}
    </div>
  );
}
