import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCommand, IconKeyboard } from '@tabler/icons-react';
import { type Navigate, toView, type ViewName } from '../state/view';
import { useZone } from '../state/zone';
import { Settings } from './Settings';
import { VIEWS } from './views';

interface Props {
  readonly view: ViewName;
  readonly navigate: Navigate;
  readonly openHelp: () => void;
  readonly openPalette: () => void;
}

export function Header({ view, navigate, openHelp, openPalette }: Props) {
  const [zone, toggleZone] = useZone();
  return (
    <header className="header">
      <a className="brand" href="/">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <path d="M5 24 11.5 8 16 18l4.500-10L27 24" />
          <circle cx="16" cy="18" r="3.100" />
        </svg>
        Meshtrail
      </a>
      <nav aria-label="Views">
        {VIEWS.map(({ name, label }) => (
          <button
            type="button"
            key={name}
            className="tab"
            aria-current={view === name ? 'page' : undefined}
            onClick={() => navigate(toView(name))}
          >
            {label}
          </button>
        ))}
      </nav>
      <span className="grow" />
      <button type="button" className="palette-open" onClick={openPalette}>
        <IconCommand size={14} aria-hidden="true" /> Commands <kbd>Ctrl K</kbd>
      </button>
      <Tooltip label={`Times are in ${zone === 'utc' ? 'UTC' : 'local time'}. Switch (u)`}>
        <button type="button" className="zone" onClick={toggleZone}>
          {zone === 'utc' ? 'UTC' : 'Local'}
        </button>
      </Tooltip>
      <Tooltip label="Shortcuts (?)">
        <ActionIcon variant="subtle" color="gray" aria-label="Shortcuts" onClick={openHelp}>
          <IconKeyboard size={18} stroke={1.6} />
        </ActionIcon>
      </Tooltip>
      <Settings />
    </header>
  );
}
