import { count } from '../../time/format';

interface Props {
  readonly id: string;
  readonly title: string | undefined;
  readonly suggestions: readonly {
    readonly value: string;
    readonly words: string;
    readonly times?: number | undefined;
  }[];
  readonly chosen: number;
  readonly take: (value: string) => void;
}

export function SuggestionList({ id, title, suggestions, chosen, take }: Props) {
  return (
    <div className="suggestions">
      {title !== undefined && <p className="suggestions-title">{title}</p>}
      <div id={id} role="listbox" aria-label="Suggestions">
        {suggestions.map(({ value, words, times }, i) => (
          <div
            key={value}
            id={`${id}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen}
            className="suggestion"
            onMouseDown={(event) => {
              // Before the bar loses the focus, and with it the list.
              event.preventDefault();
              take(value);
            }}
          >
            <span>{words.slice(0, 200)}</span>
            {times !== undefined && <i>{count(times)}</i>}
          </div>
        ))}
      </div>
      <p className="suggestions-hint">
        <kbd>↑</kbd> <kbd>↓</kbd> choose · <kbd>Tab</kbd> take · <kbd>Enter</kbd> search · <kbd>Esc</kbd> close
      </p>
    </div>
  );
}
