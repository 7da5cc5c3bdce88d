import { Popover } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { ALL_FIELDS } from '../event/fields';
import { CopyButton } from '../parts/CopyButton';
import type { View } from '../state/view';
import { count } from '../time/format';
import { frozen } from '../time/range';
import { download } from './download';
import { exported, type Format } from './exporting';

/** The whole result as a file, not only the rows that are loaded; and the command for evidence that proves itself. */
export function ExportMenu({ view, columns }: { view: View; columns: readonly string[] }) {
  const [opened, setOpened] = useState(false);
  const [progress, setProgress] = useState<string>();
  const running = useRef<AbortController>(undefined);
  const save = async (format: Format, fields: readonly string[]) => {
    const stop = new AbortController();
    running.current = stop;
    const parts: string[] = [];
    let events = 0;
    try {
      setProgress('0 events');
      for await (const part of exported({ q: view.q, range: frozen(view.range), format, fields }, stop.signal)) {
        parts.push(part.text);
        events += part.events;
        setProgress(`${count(events)} events`);
      }
      download(`meshtrail-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${format}`, parts, 'text/plain');
      setProgress(`${count(events)} events saved`);
    } catch (error) {
      setProgress(stop.signal.aborted ? 'Stopped; nothing was saved' : `Not saved: ${(error as Error).message}`);
    } finally {
      running.current = undefined;
    }
  };
  const range = frozen(view.range);
  const bounds = `${range.from ? ` --from ${range.from}` : ''} --to ${range.to}`;
  const command = `meshtrail export '${view.q.replaceAll("'", "'\\''")}'${bounds} --evidence evidence.zip --server ${window.location.origin}`;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
      width={340}
    >
      <Popover.Target>
        <button type="button" className="chip" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          <IconDownload size={14} aria-hidden="true" /> Export
        </button>
      </Popover.Target>
      <Popover.Dropdown className="menu">
        <button type="button" onClick={() => save('csv', columns)}>
          CSV, the fields of these columns
        </button>
        <button type="button" onClick={() => save('csv', ALL_FIELDS)}>
          CSV, every field
        </button>
        <button type="button" onClick={() => save('jsonl', [])}>
          JSON lines, every field
        </button>
        {progress !== undefined && (
          <p className="menu-note" role="status">
            {progress}{' '}
            {running.current !== undefined && (
              <button type="button" className="link" onClick={() => running.current?.abort()}>
                stop
              </button>
            )}
          </p>
        )}
        <p className="menu-note">With proofs, checkpoints and keys, for somebody who trusts nobody:</p>
        <div className="snippet">
          <code>{command}</code>
          <CopyButton text={command} label="Copy" />
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
