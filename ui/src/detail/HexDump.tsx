import type { Bytes } from '../proof/bytes';

const PER_LINE = 16;
const LINES = 512;

/** Offset, bytes, and what of them can be printed. */
export function HexDump({ bytes }: { bytes: Bytes }) {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length && lines.length < LINES; at += PER_LINE) {
    const part = [...bytes.slice(at, at + PER_LINE)];
    const codes = part.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const printed = part.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(6, '0')}  ${codes.padEnd(PER_LINE * 3 - 1)}  ${printed}`);
  }
  if (bytes.length > LINES * PER_LINE) lines.push(`… ${bytes.length - LINES * PER_LINE} more bytes`);
  return <pre className="hex-dump">{lines.join('\n')}</pre>;
}
