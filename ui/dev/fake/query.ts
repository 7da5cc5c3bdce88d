import type { Fields } from './story.ts';

export type Predicate = (event: Fields) => boolean;

export class QueryError extends Error {
  constructor(
    message: string,
    readonly position: number,
  ) {
    super(message);
  }
}

const BARE_FIELDS = [
  'http.path',
  'source.identity',
  'destination.identity',
  'user.id',
  'policy.name',
  'object.name',
  'detail',
];

/** Enough of the query language to work on the page: terms, OR, NOT, parentheses, wildcards, comparisons, presence. */
export function parseQuery(text: string): Predicate {
  return new Parser(text).parse();
}

class Parser {
  #at = 0;

  constructor(readonly text: string) {}

  parse(): Predicate {
    this.#blanks();
    if (this.#at === this.text.length) return () => true;
    const predicate = this.#alternatives();
    if (this.#at < this.text.length) throw new QueryError("')' closes nothing", this.#at);
    return predicate;
  }

  #alternatives(): Predicate {
    const all = [this.#conjunction()];
    while (this.#word('OR')) all.push(this.#conjunction());
    return (event) => all.some((p) => p(event));
  }

  #conjunction(): Predicate {
    const all: Predicate[] = [];
    for (;;) {
      this.#blanks();
      if (this.#at >= this.text.length || this.text[this.#at] === ')' || this.#peek('OR')) break;
      if (this.#word('AND')) continue;
      all.push(this.#negation());
    }
    if (all.length === 0) throw new QueryError('expected a term', this.#at);
    return (event) => all.every((p) => p(event));
  }

  #negation(): Predicate {
    if (this.#word('NOT') || this.#take('-')) {
      const inner = this.#negation();
      return (event) => !inner(event);
    }
    return this.#term();
  }

  #term(): Predicate {
    this.#blanks();
    const start = this.#at;
    if (this.#take('(')) {
      const inner = this.#alternatives();
      if (!this.#take(')')) throw new QueryError(`expected ')' to close the parenthesis opened at ${start}`, this.#at);
      return inner;
    }
    const name = /^[a-z][a-z0-9_.-]*(?=:|>=|<=|>|<)/.exec(this.text.slice(this.#at))?.[0];
    if (name === undefined) {
      const needle = this.#value().toLowerCase();
      if (needle === '*') return () => true;
      return (event) =>
        BARE_FIELDS.some((f) =>
          String(event[f] ?? '')
            .toLowerCase()
            .includes(needle),
        );
    }
    this.#at += name.length;
    const comparison = /^(>=|<=|>|<|:)/.exec(this.text.slice(this.#at))?.[0] ?? ':';
    this.#at += comparison.length;
    if (comparison !== ':') {
      const limit = Number.parseFloat(this.#value());
      const test = {
        '>=': (n: number) => n >= limit,
        '<=': (n: number) => n <= limit,
        '>': (n: number) => n > limit,
        '<': (n: number) => n < limit,
      }[comparison];
      return (event) => event[name] !== undefined && test?.(Number(event[name])) === true;
    }
    const opened = this.#at;
    if (!this.#take('(')) return matcher(name, this.#value());
    const values = [matcher(name, this.#value())];
    while (this.#word('OR')) values.push(matcher(name, this.#value()));
    this.#blanks();
    if (!this.#take(')')) throw new QueryError(`expected ')' to close the parenthesis opened at ${opened}`, this.#at);
    return (event) => values.some((p) => p(event));
  }

  /** A value as written, its escapes still in it. */
  #value(): string {
    this.#blanks();
    const rest = this.text.slice(this.#at);
    const quoted = /^"((?:[^"\\]|\\.)*)"/s.exec(rest);
    if (quoted) {
      this.#at += quoted[0].length;
      return quoted[1] ?? '';
    }
    if (rest.startsWith('"')) throw new QueryError(`the quote opened at ${this.#at} is not closed`, this.text.length);
    const bare = /^[^\s()"]+/.exec(rest)?.[0];
    if (bare === undefined) throw new QueryError('expected a value', this.#at);
    this.#at += bare.length;
    return bare;
  }

  #blanks(): void {
    while (/\s/.test(this.text[this.#at] ?? '')) this.#at++;
  }

  #take(char: string): boolean {
    this.#blanks();
    if (this.text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #peek(word: string): boolean {
    return this.text.startsWith(word, this.#at) && /^(\s|\(|$)/.test(this.text.slice(this.#at + word.length));
  }

  #word(word: string): boolean {
    this.#blanks();
    if (!this.#peek(word)) return false;
    this.#at += word.length;
    return true;
  }
}

function matcher(field: string, written: string): Predicate {
  if (written === '*') return (event) => event[field] !== undefined;
  const pattern = new RegExp(
    `^${written.replace(/\\(.)|\*|[.+?^${}()|[\]\\]/gs, (match, escaped?: string) =>
      escaped !== undefined
        ? escaped.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        : match === '*'
          ? '[\\s\\S]*'
          : `\\${match}`,
    )}$`,
  );
  return (event) => {
    const value = event[field];
    if (value === undefined) return false;
    const texts = Array.isArray(value) ? value : [String(value)];
    return texts.some(
      (text) => pattern.test(text) || (/^[1-5]xx$/.test(written) && text.startsWith(written.charAt(0))),
    );
  };
}
