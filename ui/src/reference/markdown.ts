/** A block of a page of our own documentation. Only what those pages use; anything else is a paragraph. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'paragraph'; readonly text: string };

export function blocks(markdown: string): Block[] {
  const lines = markdown.split('\n');
  const found: Block[] = [];
  const take = (fits: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    while (lines.length > 0 && fits(lines[0] ?? '')) taken.push(lines.shift() ?? '');
    return taken;
  };
  while (lines.length > 0) {
    const line = lines[0] ?? '';
    const heading = /^(#{1,4}) (.*)$/.exec(line);
    if (line.trim() === '') {
      lines.shift();
    } else if (heading) {
      lines.shift();
      found.push({ kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' });
    } else if (line.startsWith('```')) {
      lines.shift();
      const code = take((one) => !one.startsWith('```'));
      lines.shift();
      found.push({ kind: 'code', text: code.join('\n') });
    } else if (line.startsWith('|')) {
      const [head = [], , ...rows] = take((one) => one.startsWith('|')).map(cells);
      found.push({ kind: 'table', head, rows });
    } else if (/^[-*] /.test(line)) {
      found.push({
        kind: 'list',
        items: take((one) => /^([-*] | {2})/.test(one))
          .join('\n')
          .split(/\n(?=[-*] )/)
          .map((item) => item.slice(2).replaceAll(/\n\s*/g, ' ')),
      });
    } else {
      found.push({ kind: 'paragraph', text: take((one) => one.trim() !== '' && !/^(#|```|\|)/.test(one)).join(' ') });
    }
  }
  return found;
}

/** A bar in backticks is no end of a cell. */
function cells(row: string): string[] {
  const found = row.slice(1).match(/(?:`[^`]*`|\\\||[^|])+/g) ?? [];
  return found.map((cell) => cell.replaceAll('\\|', '|').trim());
}

export interface Span {
  readonly kind: 'text' | 'code' | 'strong';
  readonly text: string;
}

/** Code, bold and the words of links. Links lead to files that are not served, so only their words stay. */
export function spans(text: string): Span[] {
  return (text.match(/`[^`]+`|\*\*[^*]+\*\*|\[[^\]]*\]\([^)]*\)|[^`*[]+|./gs) ?? []).map((part) => {
    if (part.length > 2 && part.startsWith('`')) return { kind: 'code', text: part.slice(1, -1) };
    if (part.length > 4 && part.startsWith('**')) return { kind: 'strong', text: part.slice(2, -2) };
    const link = /^\[([^\]]*)\]\(/.exec(part);
    return { kind: 'text', text: link ? (link[1] ?? '').replaceAll('`', '') : part };
  });
}
