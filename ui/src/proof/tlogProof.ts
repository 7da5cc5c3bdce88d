import { type Bytes, fromBase64 } from './bytes';
import { type Note, parseNote } from './note';

/** A signed tree head (C2SP tlog-checkpoint): which ledger, how many entries, which root. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Bytes;
  readonly note: Note;
}

/** A C2SP tlog-proof: the place of an entry, the way up, and the checkpoint at the top. */
export interface TlogProof {
  readonly leafIndex: number;
  readonly path: readonly Bytes[];
  readonly checkpoint: Checkpoint;
}

const HEADER = 'c2sp.org/tlog-proof@v1\n';

export function parseCheckpoint(source: string): Checkpoint | string {
  const note = parseNote(source);
  if (typeof note === 'string') return note;
  const [origin, size, root, ...extensions] = note.text.slice(0, -1).split('\n');
  if (!origin) return 'the checkpoint has no origin';
  const treeSize = decimal(size);
  if (treeSize === undefined) return `the checkpoint's size is not a number: ${size}`;
  const hash = hash32(root);
  if (hash === undefined) return "the checkpoint's root is not 32 bytes";
  if (extensions.includes('')) return 'the checkpoint holds an empty line';
  return { origin, size: treeSize, root: hash, note };
}

export function parseTlogProof(source: string): TlogProof | string {
  if (!source.startsWith(HEADER)) return 'the file does not begin with c2sp.org/tlog-proof@v1';
  const blank = source.indexOf('\n\n');
  if (blank < 0) return 'the proof has no blank line before its checkpoint';
  const lines = source.slice(HEADER.length, blank).split('\n');
  if (lines[0]?.startsWith('extra ')) lines.shift();
  const leafIndex = decimal(/^index (.*)$/.exec(lines.shift() ?? '')?.[1]);
  if (leafIndex === undefined) return 'the proof does not say its index in plain decimal';
  const path: Bytes[] = [];
  for (const line of lines) {
    const hash = hash32(line);
    if (hash === undefined) return `hash ${path.length + 1} of the proof is not 32 bytes`;
    path.push(hash);
  }
  if (path.length > 63) return 'the proof has more than 63 hashes';
  const checkpoint = parseCheckpoint(source.slice(blank + 2));
  return typeof checkpoint === 'string' ? checkpoint : { leafIndex, path, checkpoint };
}

function decimal(text: string | undefined): number | undefined {
  if (text === undefined || !/^(0|[1-9][0-9]*)$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

function hash32(text: string | undefined): Bytes | undefined {
  const bytes = text === undefined ? undefined : fromBase64(text);
  return bytes?.length === 32 ? bytes : undefined;
}
