import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { count } from '../../time/format';

interface Props {
  readonly text: string;
  readonly change: (text: string) => void;
  readonly found: number;
  readonly at: number;
  readonly step: (by: number) => void;
  readonly everywhere: () => void;
  readonly close: () => void;
}

/** Finds within the rows that are loaded, the ones not drawn included; the whole range is one click away. */
export function FindBar({ text, change, found, at, step, everywhere, close }: Props) {
  useEffect(() => highlight(text));
  return (
    <search className="find">
      <input
        // biome-ignore lint/a11y/noAutofocus: it was asked for by Ctrl+F, whose next key is what to find
        autoFocus
        value={text}
        placeholder="Find in the loaded rows"
        aria-label="Find in the loaded rows"
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
          else if (event.key === 'Escape') close();
        }}
      />
      <output>
        {text === ''
          ? ''
          : found === 0
            ? 'none'
            : at < 0
              ? `${count(found)} found`
              : `${count(at + 1)} of ${count(found)}`}
      </output>
      <button type="button" aria-label="Previous match" disabled={found === 0} onClick={() => step(-1)}>
        <IconChevronUp size={15} />
      </button>
      <button type="button" aria-label="Next match" disabled={found === 0} onClick={() => step(1)}>
        <IconChevronDown size={15} />
      </button>
      <button type="button" className="link" disabled={text === ''} onClick={everywhere}>
        search everything
      </button>
      <button type="button" aria-label="Close" onClick={close}>
        <IconX size={15} />
      </button>
    </search>
  );
}

/** Marks the found text in the rows that are drawn, without touching their elements. */
function highlight(text: string): () => void {
  if (!('highlights' in CSS) || text === '') return () => undefined;
  const needle = text.toLowerCase();
  const ranges: Range[] = [];
  for (const row of document.querySelectorAll('.list-rows .row')) {
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.nodeValue?.toLowerCase().indexOf(needle) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + needle.length);
      ranges.push(range);
    }
  }
  CSS.highlights.set('found', new Highlight(...ranges));
  return () => CSS.highlights.delete('found');
}
