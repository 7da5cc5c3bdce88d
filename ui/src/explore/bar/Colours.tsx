import { tokens } from '../../query/tokens';

/** The query in colours, and underlined where the server stopped reading. Lies behind the text that is typed. */
export function Colours({ text, wrongAt }: { text: string; wrongAt: number | undefined }) {
  let at = 0;
  return (
    <>
      {tokens(text).map((token) => {
        const from = at;
        at += token.text.length;
        const wrong = wrongAt !== undefined && wrongAt >= from && wrongAt < at;
        return (
          <span key={from} className={`q-${token.kind}`} data-wrong={wrong || undefined}>
            {token.text}
          </span>
        );
      })}
      {wrongAt !== undefined && wrongAt >= text.length && <span data-wrong="">&nbsp;</span>}
    </>
  );
}
