import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, client, ProblemError } from '../../api/client';
import { type Completion, fieldsFor, queryAround, valuesFor } from '../../query/completion';
import { askedBefore } from '../../state/habits';
import { useStored } from '../../state/stored';
import type { Range } from '../../time/range';

export interface Suggestion {
  readonly value: string;
  readonly times?: number;
}

const VALUES = 100;
const QUERIES = 8;
const PATIENCE_MILLIS = 40;

/** What may stand at the caret: queries asked before, fields, or real values with their counts in the range. */
export function useSuggestions(text: string, completion: Completion | undefined, range: Range): readonly Suggestion[] {
  const wants = completion?.wants;
  const asked = useStored(askedBefore);
  const field = wants?.kind === 'value' ? wants.field : undefined;
  const [around] = useDebouncedValue(completion === undefined ? '' : queryAround(text, completion), PATIENCE_MILLIS);
  const values = useQuery({
    queryKey: ['suggest', field, around, range],
    enabled: field !== undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      try {
        return { field, values: await facets(field ?? '', around, range, signal) };
      } catch (error) {
        // The rest of a half-typed query may not parse yet; its values are then those of the whole range.
        if (!(error instanceof ProblemError && error.problem.status === 400)) throw error;
        return { field, values: await facets(field ?? '', '', range, signal) };
      }
    },
  });
  if (wants === undefined) return [];
  if (wants.kind === 'query') return asked.slice(0, QUERIES).map((value) => ({ value }));
  if (wants.kind === 'field') return fieldsFor(wants.prefix).map((value) => ({ value }));
  if (values.data?.field !== field) return [];
  return valuesFor(values.data?.values ?? [], wants.prefix).map(({ value, count: times }) => ({ value, times }));
}

async function facets(field: string, q: string, range: Range, signal: AbortSignal) {
  const bounds = { ...(range.from && { from: range.from }), ...(range.to && { to: range.to }) };
  const query = { q, field, limit: VALUES, ...bounds };
  return (await answer(client.GET('/api/facets', { params: { query }, signal }))).values;
}
