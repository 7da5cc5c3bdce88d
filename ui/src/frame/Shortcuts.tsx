import { Kbd, Modal } from '@mantine/core';
import { singleKeys } from '../state/habits';
import { useStored } from '../state/stored';
import { VIEWS } from './views';

const KEYS: readonly { readonly title: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'Ask',
    keys: [
      ['/', 'Write a query'],
      ['↑', 'In an empty bar: queries asked before'],
      ['t', 'Choose a time range'],
      ['[  ]', 'Earlier, later'],
      ['z', 'Zoom out'],
      ['l', 'Start or stop live'],
      ['p', 'Pause or resume live'],
    ],
  },
  {
    title: 'Rows',
    keys: [
      ['j  k', 'Next and previous event'],
      ['Enter', 'Open the event'],
      ['Space', 'Expand it in place'],
      ['←  →', 'Walk along its values'],
      ['+  -', 'Only with, or without, the value'],
      ['c', 'Copy the value'],
      ['y', 'Copy the link to the event'],
      ['v', 'Verify the proof here'],
      ['Shift V', 'Verify all rows on the screen'],
      ['w', 'Wrap long rows'],
      ['f', 'Fold repetitions'],
      ['Ctrl F', 'Find in the loaded rows'],
      ['Esc', 'Close'],
    ],
  },
  {
    title: 'Anywhere',
    keys: [
      ['Ctrl K', 'All commands'],
      ...VIEWS.map(({ keys, label }) => [keys, label] as const),
      ['u', 'UTC or local time'],
      ['?', 'This list'],
    ],
  },
];

export function Shortcuts({ opened, close }: { opened: boolean; close: () => void }) {
  const on = useStored(singleKeys);
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Shortcuts"
      size="xl"
      centered
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      <div className="shortcuts-columns">
        {KEYS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl className="shortcuts">
              {keys.map(([key, does]) => (
                <div key={key}>
                  <dt>
                    {key.split('  ').map((one) => (
                      <Kbd key={one} size="xs">
                        {one}
                      </Kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="shortcuts-foot">
        Alt and a click on a value leaves it out. Drag over the bars to zoom in; by keyboard: Tab to the bars, arrow
        keys, Shift to extend, Enter.
      </p>
      <label className="shortcuts-foot">
        <input type="checkbox" checked={on} onChange={(event) => singleKeys.set(event.target.checked)} /> Single keys
        are shortcuts
      </label>
    </Modal>
  );
}
