import createClient from 'openapi-fetch';
import type { Schemas } from '../event/event';
import type { paths } from './schema.gen';

export const client = createClient<paths>({ baseUrl: '/' });

/** What the server said was wrong, in its own words (RFC 9457). */
export class ProblemError extends Error {
  constructor(readonly problem: Schemas['Problem']) {
    super(problem.detail ?? problem.title);
  }

  get position(): number | undefined {
    return this.problem.position;
  }
}

/** The body of an answer, or a ProblemError. A server that cannot be reached is told in words too. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  let result: Awaited<typeof call>;
  try {
    result = await call;
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ProblemError({
      title: 'The server cannot be reached',
      status: 0,
      detail: 'It may be starting; this page tries again when you ask.',
    });
  }
  const { data, error, response } = result;
  if (response.ok && data !== undefined) return data;
  throw new ProblemError(isProblem(error) ? error : { title: response.statusText, status: response.status });
}

const isProblem = (value: unknown): value is Schemas['Problem'] =>
  typeof value === 'object' && value !== null && 'title' in value && 'status' in value;
