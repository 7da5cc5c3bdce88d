import { Button } from '@mantine/core';
import { IconEyeOff, IconFilter, IconList } from '@tabler/icons-react';

interface Props {
  readonly show: () => void;
  readonly only: () => void;
  readonly hide: () => void;
}

/** From what is picked on the map to its events, to a map of it alone, or to a map without it. */
export function PanelActions({ show, only, hide }: Props) {
  return (
    <div className="panel-actions">
      <Button size="xs" leftSection={<IconList size={14} />} onClick={show}>
        Show events
      </Button>
      <Button size="xs" variant="default" leftSection={<IconFilter size={14} />} onClick={only}>
        Only this
      </Button>
      <Button size="xs" variant="default" leftSection={<IconEyeOff size={14} />} onClick={hide}>
        Hide
      </Button>
    </div>
  );
}
