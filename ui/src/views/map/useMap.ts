import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, client } from '../../api/client';
import { params, type Search } from '../../api/queries';
import { also } from '../../query/edit';

/** Calls that a dry run would have denied. */
const DRY = 'shadow.action:(deny OR default_deny)';

/** Who talks to whom in the range, and what of it a dry run would have denied. */
export const useGraph = (search: Search, refresh: number | false) =>
  useQuery({
    queryKey: ['graph', search],
    queryFn: async ({ signal }) => {
      const dry = { ...params(search), q: also(search.q, DRY) };
      const [graph, would] = await Promise.all([
        answer(client.GET('/api/graph', { params: { query: params(search) }, signal })),
        answer(client.GET('/api/graph', { params: { query: dry }, signal })),
      ]);
      return { graph, would };
    },
    placeholderData: keepPreviousData,
    refetchInterval: refresh,
  });

/** The calls that a second query finds among them. */
export const useFound = (search: Search, find: string, refresh: number | false) =>
  useQuery({
    queryKey: ['graph-find', search, find],
    enabled: find !== '',
    queryFn: ({ signal }) =>
      answer(client.GET('/api/graph', { params: { query: { ...params(search), q: also(search.q, find) } }, signal })),
    refetchInterval: refresh,
  });
