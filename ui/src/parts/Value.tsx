import { useState } from 'react';

const CUT = 300;

/**
 * A value as it came from outside: always text, isolated from the writing direction around it, invisible control
 * characters made visible, and cut where it is very long.
 */
export function Value({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const shown = whole || text.length <= CUT ? text : text.slice(0, CUT);
  return (
    <span className="value">
      <bdi>{visible(shown)}</bdi>
      {text.length > CUT && (
        <button type="button" className="link" onClick={() => setWhole(!whole)}>
          {whole ? 'show less' : `… show all ${text.length.toLocaleString('en-US')} characters`}
        </button>
      )}
    </span>
  );
}

/** Nothing was told. Said, never left blank. */
export function Unknown({ why }: { why?: string }) {
  return (
    <span className="unknown" title={why}>
      unknown
    </span>
  );
}

/** Direction marks and control characters as their code points: a reader must see that they are there. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) => {
    if (char === '\n' || char === '\t') return char;
    return `\u27e8U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}\u27e9`;
  });
}
