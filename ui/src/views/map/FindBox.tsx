import { IconZoomScan } from '@tabler/icons-react';
import { forwardRef, useEffect, useState } from 'react';

interface Props {
  readonly find: string;
  readonly setFind: (find: string) => void;
  /** How many links have it; undefined while nothing is looked for. */
  readonly links: number | undefined;
}

/** Finds on the map by the query language: what does not fit grows faint, but stays. */
export const FindBox = forwardRef<HTMLInputElement, Props>(function FindBox({ find, setFind, links }, ref) {
  const [text, setText] = useState(find);
  useEffect(() => setText(find), [find]);
  return (
    <form
      className="find"
      onSubmit={(event) => {
        event.preventDefault();
        setFind(text.trim());
      }}
    >
      <IconZoomScan size={14} aria-hidden="true" />
      <input
        ref={ref}
        value={text}
        spellCheck={false}
        placeholder="Find on the map: outcome:denied (f)"
        aria-label="Find on the map, by a query"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            setFind('');
            event.currentTarget.blur();
          }
        }}
      />
      {links !== undefined && <span role="status">{links === 1 ? '1 link' : `${links} links`}</span>}
    </form>
  );
});
