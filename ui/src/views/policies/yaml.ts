/** JSON as YAML in the way that people write it, one line for each thing that can change. For reading, not for parsing. */
export function yaml(value: unknown): string[] {
  const lines: string[] = [];
  write(value, 0, lines, '');
  return lines;
}

const INDENT = '  ';

function write(value: unknown, depth: number, lines: string[], lead: string): void {
  const here = INDENT.repeat(depth);
  const members = Array.isArray(value)
    ? value.map((item) => ['- ', item] as const)
    : isObject(value)
      ? Object.keys(value)
          .sort(byCustom)
          .map((key) => [`${scalar(key)}: `, value[key]] as const)
      : undefined;
  if (members === undefined) {
    lines.push(...text(value, here, lead));
    return;
  }
  if (members.length === 0) {
    lines.push(`${lead === '' ? here : lead}${Array.isArray(value) ? '[]' : '{}'}`);
    return;
  }
  members.forEach(([name, member], i) => {
    const start = i === 0 && lead !== '' ? lead : here;
    if (name === '- ') write(member, depth + 1, lines, `${start}- `);
    else if (isBranch(member)) {
      lines.push(`${start}${name.trimEnd()}`);
      write(member, depth + 1, lines, '');
    } else write(member, depth + 1, lines, `${start}${name}`);
  });
}

/** The order in which manifests are written; the rest by the alphabet. */
const FIRST = ['apiVersion', 'kind', 'metadata', 'name', 'namespace', 'spec'];

function byCustom(a: string, b: string): number {
  const [x, y] = [FIRST.indexOf(a), FIRST.indexOf(b)];
  if (x >= 0 || y >= 0) return (x < 0 ? FIRST.length : x) - (y < 0 ? FIRST.length : y);
  return a < b ? -1 : a > b ? 1 : 0;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isBranch = (value: unknown): boolean =>
  (Array.isArray(value) && value.length > 0) || (isObject(value) && Object.keys(value).length > 0);

/** A text of several lines keeps them, so that a change in one of them is a change of one line. */
function text(value: unknown, here: string, lead: string): string[] {
  const start = lead === '' ? here : lead;
  if (typeof value !== 'string' || !value.includes('\n')) return [`${start}${scalar(value)}`];
  const inside = value.replace(/\n$/, '').split('\n');
  return [`${start}${value.endsWith('\n') ? '|' : '|-'}`, ...inside.map((line) => `${here}${line}`)];
}

const PLAIN = /^[A-Za-z_./][\w./@*-]*(?:[ :][\w./@*-]+)*$/;
const WORDS = /^(?:true|false|null|yes|no|on|off|~)$/i;

function scalar(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value) ?? 'null';
  return PLAIN.test(value) && !WORDS.test(value) && !value.includes(': ') ? value : JSON.stringify(value);
}
