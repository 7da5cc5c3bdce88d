import { IconCheck } from '@tabler/icons-react';
import { STAGES, type Stage } from '../event/event';

const MEANING: Record<Stage, string> = {
  sequenced: 'durable, has its place',
  integrated: 'in the tree',
  published: 'under a signed checkpoint',
  witnessed: 'cosigned by a quorum',
};

/** How far the server says the event has come. */
export function Stages({ stage }: { stage: Stage }) {
  const reached = STAGES.indexOf(stage);
  return (
    <ol className="stages" aria-label={`Stage: ${stage}`}>
      {STAGES.map((name, i) => (
        <li key={name} data-on={i <= reached || undefined} title={MEANING[name]}>
          <span className="stages-dot">{i <= reached && <IconCheck size={10} stroke={3} />}</span>
          <b>{name}</b>
          <i>{MEANING[name]}</i>
        </li>
      ))}
    </ol>
  );
}
