import { IconCopy, IconEqual, IconMinus, IconPlus } from '@tabler/icons-react';
import { copy } from '../../parts/CopyButton';
import type { Pivot } from '../pivot';

/** A value that is pointed at, and where it stands in the list. */
export interface Pointed {
  readonly field: string;
  readonly value: string;
  readonly left: number;
  readonly top: number;
}

/** What can be done with the value under the pointer. The keyboard has the same under + - c. */
export function RowTools({ pointed, pivot, done }: { pointed: Pointed; pivot: Pivot; done: () => void }) {
  const { field, value, left, top } = pointed;
  const act = (how: 'include' | 'exclude' | 'only') => () => {
    pivot(how, field, value);
    done();
  };
  return (
    <div className="row-tools" style={{ left, top }} aria-hidden="true">
      <span>{field}</span>
      <button type="button" tabIndex={-1} title={`Only with this ${field} (+)`} onClick={act('include')}>
        <IconPlus size={13} />
      </button>
      <button type="button" tabIndex={-1} title={`Without this ${field} (-)`} onClick={act('exclude')}>
        <IconMinus size={13} />
      </button>
      <button type="button" tabIndex={-1} title={`Nothing else of ${field}`} onClick={act('only')}>
        <IconEqual size={13} />
      </button>
      <button
        type="button"
        tabIndex={-1}
        title="Copy the value (c)"
        onClick={() => {
          void copy(value);
          done();
        }}
      >
        <IconCopy size={13} />
      </button>
    </div>
  );
}
