import { visible } from '../parts/Value';
import type { Bytes } from '../proof/bytes';
import type { Tampered } from '../proof/checked';

const AROUND = 28;

/** Where the entry was tampered with: the bytes around it, before and after. */
export function ByteChange({ entry, tampered }: { entry: Bytes; tampered: Tampered }) {
  const { at, was, is } = tampered;
  const words = (from: number, to: number) =>
    visible(new TextDecoder().decode(entry.slice(Math.max(0, from), Math.min(entry.length, to))));
  const before = words(at - AROUND, at);
  const after = words(at + 1, at + AROUND);
  const char = (byte: number) =>
    `${byte > 32 && byte < 127 ? String.fromCharCode(byte) : '·'} (0x${byte.toString(16)})`;
  return (
    <div className="byte-change">
      <code>
        …{before}
        <del>{char(was)}</del>
        <ins>{char(is)}</ins>
        {after}…
      </code>
    </div>
  );
}
