import { IconSearch, IconX } from '@tabler/icons-react';
import { forwardRef, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import type { ProblemError } from '../../api/client';
import { visible } from '../../parts/Value';
import { apply, type Completion, completionAt } from '../../query/completion';
import { remember } from '../../state/habits';
import type { Range } from '../../time/range';
import { Colours } from './Colours';
import { SuggestionList } from './SuggestionList';
import { useSuggestions } from './suggestions';

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
  const colours = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => input.current as HTMLInputElement);
  const listId = useId();
  const suggestions = useSuggestions(text, completion, range);
  const opened = suggestions.length > 0;

  useEffect(() => setText(q), [q]);
  // The colours lie behind the text and have to move with it.
  useEffect(follow);
  const refusedAt = problem?.position;
  const askedHere = useRef(false);
  useEffect(() => {
    if (problem === undefined || !askedHere.current) return;
    askedHere.current = false;
    input.current?.focus();
    if (refusedAt !== undefined) input.current?.setSelectionRange(refusedAt, refusedAt);
  }, [problem, refusedAt]);

  function follow(): void {
    if (colours.current !== null && input.current !== null) colours.current.scrollLeft = input.current.scrollLeft;
  }
  const look = () => {
    const element = input.current;
    setCompletion(element === null ? undefined : completionAt(element.value, element.selectionStart ?? 0));
    setChosen(-1);
  };
  const close = () => {
    setCompletion(undefined);
    setChosen(-1);
  };
  const take = (value: string) => {
    if (completion === undefined) return;
    const next = apply(text, completion, value);
    setText(next.query);
    close();
    requestAnimationFrame(() => {
      input.current?.setSelectionRange(next.caret, next.caret);
      if (completion.wants.kind !== 'query') look();
    });
  };
  const ask = (query: string) => {
    close();
    remember(query);
    // The keyboard belongs to the rows now; a refused query takes it back.
    askedHere.current = true;
    input.current?.blur();
    submit(query);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const picked = suggestions[chosen];
    if (opened && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setChosen((chosen + step + suggestions.length + (chosen < 0 && step < 0 ? 1 : 0)) % suggestions.length);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      // In an empty bar, what was asked before; elsewhere, what could stand here.
      if (text === '') setCompletion({ from: 0, to: 0, wants: { kind: 'query', prefix: '' } });
      else look();
    } else if (opened && (event.key === 'Tab' || (event.key === 'Enter' && picked !== undefined)) && !event.shiftKey) {
      event.preventDefault();
      take((picked ?? suggestions[0])?.value ?? '');
    } else if (event.key === 'Enter') {
      ask(text.trim());
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (opened) close();
      else input.current?.blur();
    }
  };

  return (
    <div className="query" data-bad={problem !== undefined || undefined}>
      <IconSearch size={16} className="query-icon" aria-hidden="true" />
      <div className="query-field">
        <div ref={colours} className="query-colours" aria-hidden="true">
          <Colours text={text} wrongAt={text === q ? refusedAt : undefined} />
        </div>
        <input
          ref={input}
          value={text}
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          placeholder="Search: outcome:denied http.path:/admin/*  or any words"
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
          onScroll={follow}
          onBlur={close}
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
        <SuggestionList
          id={listId}
          title={completion?.wants.kind === 'query' ? 'Asked before' : undefined}
          suggestions={suggestions.map(({ value, times }) => ({ value, times, words: visible(value) }))}
          chosen={chosen}
          take={take}
        />
      )}
    </div>
  );
});
