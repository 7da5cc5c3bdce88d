import { Kbd, Modal } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import { matching, useAllCommands } from './commands';

/** Everything that can be done here, by name: type a few letters, Enter. */
export function Palette({ opened, close }: { opened: boolean; close: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={close}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="12vh"
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      title="Commands"
      classNames={{ header: 'palette-title' }}
    >
      <Commands close={close} />
    </Modal>
  );
}

function Commands({ close }: { close: () => void }) {
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const found = matching(useAllCommands(), typed);
  const run = (at: number) => {
    const command = found[at];
    if (command === undefined) return;
    close();
    command.run();
  };
  // The chosen one is kept in sight
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return (
    <div className="palette">
      <input
        data-autofocus
        value={typed}
        placeholder="What do you want to do?"
        aria-label="Command"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={id}
        aria-activedescendant={found.length > 0 ? `${id}-${chosen}` : undefined}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(0);
        }}
        onKeyDown={(event) => {
          const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (by !== undefined) {
            event.preventDefault();
            setChosen((chosen + by + found.length) % Math.max(1, found.length));
          } else if (event.key === 'Enter') {
            event.preventDefault();
            run(chosen);
          }
        }}
      />
      <div ref={list} id={id} role="listbox" aria-label="Commands" className="palette-list">
        {found.map(({ title, keys, group }, i) => (
          <div
            key={`${group} ${title}`}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen}
            className="palette-command"
            onMouseMove={() => setChosen(i)}
            onMouseDown={(event) => {
              event.preventDefault();
              run(i);
            }}
          >
            <i>{group}</i>
            <span>{title}</span>
            {keys !== undefined && <Kbd size="xs">{keys}</Kbd>}
          </div>
        ))}
        {found.length === 0 && <p className="palette-none">Nothing is called like this.</p>}
      </div>
    </div>
  );
}
