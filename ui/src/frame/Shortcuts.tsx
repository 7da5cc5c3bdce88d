import { Kbd, Modal } from '@mantine/core';
import { GOES } from './useGo';

const KEYS: readonly (readonly [string, string])[] = [
  ['/', 'Write a query'],
  ['t', 'Choose a time range'],
  ['l', 'Start or stop live'],
  ['p', 'Pause or resume live'],
  ['j  k', 'Next and previous event'],
  ['Enter', 'Open the chosen event'],
  ['Esc', 'Close the detail'],
  ['z', 'Zoom out in time'],
  ['u', 'UTC or local time'],
  ...GOES.map(({ key, label }) => [`g  ${key}`, label] as const),
  ['?', 'This list'],
];

export function Shortcuts({ opened, close }: { opened: boolean; close: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Shortcuts"
      size="sm"
      centered
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      <dl className="shortcuts">
        {KEYS.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              {keys.split('  ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
        <div>
          <dt>
            <Kbd>Alt</Kbd> click
          </dt>
          <dd>On a value: leave it out</dd>
        </div>
      </dl>
    </Modal>
  );
}
