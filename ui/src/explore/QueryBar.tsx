import { IconSearch, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { forwardRef, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { answer, client, type ProblemError } from '../api/client';
import { apply, type Completion, completionAt, fieldsFor, valuesFor } from '../query/completion';
import { count } from '../time/format';
import type { Range } from '../time/range';

interface Props {
  readonly q: string;
  readonly range: Range;
  readonly problem: ProblemError | undefined;
  readonly submit: (q: string) => void;
}

/** The query as text, with fields and real values to choose from. What the server refuses is underlined at its place. */
export const QueryBar = forwardRef<HTMLInputElement, Props>(function QueryBar({ q, range, problem, submit }, ref) {
  const [text, setText] = useState(q);
  const [completion, setCompletion] = useState<Completion>();
  const [chosen, setChosen] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => input.current as HTMLInputElement);
  const listId = useId();
  const suggestions = useSuggestions(completion, range);
  const opened = suggestions.length > 0;

  useEffect(() => setText(q), [q]);
  const refusedAt = problem?.position;
  useEffect(() => {
    if (refusedAt !== undefined && document.activeElement === input.current) {
      input.current?.setSelectionRange(refusedAt, refusedAt);
    }
  }, [refusedAt]);

  const look = () => {
    const element = input.current;
    setCompletion(element === null ? undefined : completionAt(element.value, element.selectionStart ?? 0));
    setChosen(-1);
  };
  const take = (value: string) => {
    if (completion === undefined) return;
    const next = apply(text, completion, value);
    setText(next.query);
    setCompletion(undefined);
    setChosen(-1);
    requestAnimationFrame(() => {
      input.current?.setSelectionRange(next.caret, next.caret);
      look();
    });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const picked = suggestions[chosen];
    if (opened && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((chosen + step + suggestions.length + (chosen < 0 && step < 0 ? 1 : 0)) % suggestions.length);
    } else if (opened && (event.key === 'Tab' || (event.key === 'Enter' && picked !== undefined)) && !event.shiftKey) {
      event.preventDefault();
      take((picked ?? suggestions[0])?.value ?? '');
    } else if (event.key === 'Enter') {
      setCompletion(undefined);
      submit(text.trim());
    } else if (event.key === 'Escape') {
      if (opened) setCompletion(undefined);
      else input.current?.blur();
    }
  };
  const position = text === q ? refusedAt : undefined;

  return (
    <div className="query" data-bad={problem !== undefined || undefined}>
      <IconSearch size={16} className="query-icon" aria-hidden="true" />
      <div className="query-field">
        {position !== undefined && (
          <div className="query-wrong" aria-hidden="true">
            {text.slice(0, position)}
            <mark>{text.slice(position, position + 1) || ' '}</mark>
          </div>
        )}
        <input
          ref={input}
          value={text}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          placeholder="outcome:denied source.identity:*checkout* http.path:/admin/*"
          aria-label="Query"
          role="combobox"
          aria-expanded={opened}
          aria-controls={listId}
          aria-activedescendant={chosen >= 0 ? `${listId}-${chosen}` : undefined}
          aria-invalid={problem !== undefined}
          onChange={(event) => {
            setText(event.target.value);
            look();
          }}
          onClick={look}
          onBlur={() => setCompletion(undefined)}
          onKeyDown={onKeyDown}
        />
      </div>
      {text === '' ? (
        <kbd className="query-kbd">/</kbd>
      ) : (
        <button type="button" className="query-clear" aria-label="Clear the query" onClick={() => submit('')}>
          <IconX size={14} />
        </button>
      )}
      {opened && (
        <div className="suggestions" id={listId} role="listbox" aria-label="Suggestions">
          {suggestions.map(({ value, times }, i) => (
            <div
              key={value}
              id={`${listId}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === chosen}
              className="suggestion"
              onMouseDown={(event) => {
                event.preventDefault();
                take(value);
              }}
            >
              <span>{value}</span>
              {times !== undefined && <i>{count(times)}</i>}
            </div>
          ))}
        </div>
      )}
    </div>
  );
});

interface Suggestion {
  readonly value: string;
  readonly times?: number;
}

function useSuggestions(completion: Completion | undefined, range: Range): readonly Suggestion[] {
  const wants = completion?.wants;
  const field = wants?.kind === 'value' ? wants.field : undefined;
  const values = useQuery({
    queryKey: ['suggest', field, range],
    enabled: field !== undefined,
    queryFn: ({ signal }) => {
      const bounds = { ...(range.from && { from: range.from }), ...(range.to && { to: range.to }) };
      const query = { field: field ?? '', limit: 100, ...bounds };
      return answer(client.GET('/api/facets', { params: { query }, signal }));
    },
  });
  if (wants === undefined) return [];
  if (wants.kind === 'field') return fieldsFor(wants.prefix).map((value) => ({ value }));
  return valuesFor(values.data?.values ?? [], wants.prefix).map(({ value, count: times }) => ({ value, times }));
}
