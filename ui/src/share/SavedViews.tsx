import { Popover } from '@mantine/core';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useStored } from '../state/stored';
import { type Navigate, read, type View, write } from '../state/view';
import { download } from './download';
import { drop, GIVEN, keep, parseSaved, type Saved, savedViews } from './saved';

/** Views under a name: saved in this browser, and in files that others can open. */
export function SavedViews({ view, navigate }: { view: View; navigate: Navigate }) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState('');
  const [words, setWords] = useState<string>();
  const saved = useStored(savedViews);
  const file = useRef<HTMLInputElement>(null);
  const go = ({ address }: Saved) => {
    setOpened(false);
    navigate(read(address));
  };
  const load = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    const views = parseSaved(await chosen.text());
    if (views !== undefined) keep(...views);
    setWords(views === undefined ? 'That file holds no saved views.' : `${views.length} views taken from the file.`);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
      width={330}
    >
      <Popover.Target>
        <button type="button" className="chip" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          <IconBookmark size={14} aria-hidden="true" /> Views
        </button>
      </Popover.Target>
      <Popover.Dropdown className="menu saved">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() === '') return;
            keep({ name: name.trim(), address: write({ ...view, event: undefined }) });
            setName('');
          }}
        >
          <input
            data-autofocus
            value={name}
            maxLength={100}
            placeholder="Save this view as …"
            aria-label="Name of the view"
            onChange={(event) => setName(event.target.value)}
          />
          <button type="submit" className="control" disabled={name.trim() === ''}>
            Save
          </button>
        </form>
        <ul>
          {saved.map((one) => (
            <li key={one.name}>
              <button type="button" onClick={() => go(one)}>
                {one.name}
              </button>
              <button type="button" aria-label={`Delete ${one.name}`} onClick={() => drop(one.name)}>
                <IconTrash size={14} />
              </button>
            </li>
          ))}
        </ul>
        <h4>Asked most</h4>
        <ul>
          {GIVEN.map((one) => (
            <li key={one.name}>
              <button type="button" onClick={() => go(one)}>
                {one.name}
              </button>
            </li>
          ))}
        </ul>
        <div className="menu-foot">
          <button
            type="button"
            className="link"
            disabled={saved.length === 0}
            onClick={() => download('meshtrail-views.json', [JSON.stringify(saved, null, 2)], 'application/json')}
          >
            export
          </button>
          <button type="button" className="link" onClick={() => file.current?.click()}>
            import
          </button>
          <input
            ref={file}
            type="file"
            accept="application/json"
            hidden
            onChange={(event) => load(event.target.files?.[0])}
          />
          <span role="status">{words}</span>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
