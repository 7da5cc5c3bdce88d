import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Element, EventDetail, Schemas } from '../event/event';
import { split } from '../event/event';
import type { Range } from '../time/range';
import { answer, client } from './client';

export interface Search {
  readonly q: string;
  readonly range: Range;
  /** Counts how often the person asked, so that asking the same again reads anew. */
  readonly asked: number;
}

export type EventPage = Omit<Schemas['EventPage'], 'events'> & { readonly events: readonly Element[] };

const PAGE = 200;

/** A query as the API takes it: absent bounds are left out. */
export const params = ({ q, range }: Pick<Search, 'q' | 'range'>) => ({
  q,
  ...(range.from === undefined ? {} : { from: range.from }),
  ...(range.to === undefined ? {} : { to: range.to }),
});

export const useEvents = (search: Search, fields: readonly string[]) =>
  useInfiniteQuery({
    queryKey: ['events', search, fields.join()],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const after = pageParam === undefined ? {} : { after: pageParam };
      const query = { ...params(search), limit: PAGE, fields: fields.join(), ...after };
      // The generated type of `event` cannot say "text, but for these fields".
      return (await answer(client.GET('/api/events', { params: { query }, signal }))) as unknown as EventPage;
    },
    getNextPageParam: (page: EventPage) => page.next,
    placeholderData: keepPreviousData,
  });

export const useHistogram = (search: Search, buckets: number, by: string, refresh: number | false, enabled = true) =>
  useQuery({
    queryKey: ['histogram', search, buckets, by],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/histogram', { params: { query: { ...params(search), buckets, by } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: refresh,
    enabled,
  });

export const useFacet = (search: Search, field: string, limit: number, refresh: number | false, enabled = true) =>
  useQuery({
    enabled,
    queryKey: ['facet', field, search, limit],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/facets', { params: { query: { ...params(search), field, limit } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: refresh,
  });

/** What is marked on the time line, whatever the query says: policy changes, certificates, and gaps in what was told. */
export const useMarks = (range: Range, asked: number, refresh: number | false) =>
  useQuery({
    queryKey: ['marks', range, asked],
    queryFn: async ({ signal }) => {
      const query = { ...params({ q: MARKED, range }), limit: 500 };
      return (await answer(client.GET('/api/events', { params: { query }, signal }))) as unknown as EventPage;
    },
    placeholderData: keepPreviousData,
    refetchInterval: refresh,
  });

const MARKED = 'kind:(policy_change OR certificate OR gap)';

export async function fetchEvent(address: string, signal?: AbortSignal): Promise<EventDetail> {
  const options = { params: { path: split(address) }, ...(signal && { signal }) };
  return (await answer(client.GET('/api/events/{ledger}/{leafIndex}', options))) as unknown as EventDetail;
}

export const useEvent = (address: string) =>
  useQuery({
    queryKey: ['event', address],
    queryFn: ({ signal }) => fetchEvent(address, signal),
    placeholderData: (previous) => (previous?.address === address ? previous : undefined),
    // Its stage changes until a checkpoint is over it.
    refetchInterval: ({ state }) =>
      state.data && ['sequenced', 'integrated'].includes(state.data.stage) ? 2000 : false,
  });

export const useLedgers = () =>
  useQuery({
    queryKey: ['ledgers'],
    queryFn: ({ signal }) => answer(client.GET('/api/ledgers', { signal })),
    refetchInterval: 3000,
  });

/** How many events there are beside the server's own; undefined until it is known. */
export function useRecorded(): number | undefined {
  return useLedgers()
    .data?.ledgers.filter(({ name }) => name !== 'root' && name !== 'control')
    .reduce((sum, { sequenced, size }) => sum + (sequenced ?? size), 0);
}

export const useSources = () =>
  useQuery({
    queryKey: ['sources'],
    queryFn: ({ signal }) => answer(client.GET('/api/sources', { signal })),
    refetchInterval: 5000,
  });

export const proofPath = (address: string): string => `/api/events/${address}/proof`;

/** The proof and the ledger's key, as text. */
export async function fetchProof(address: string): Promise<{ proof: string; key: string }> {
  const { ledger, leafIndex } = split(address);
  const [proof, key] = await Promise.all([
    answer(
      client.GET('/api/events/{ledger}/{leafIndex}/proof', {
        params: { path: { ledger, leafIndex } },
        parseAs: 'text',
      }),
    ),
    answer(client.GET('/ledger/{name}/key', { params: { path: { name: ledger } }, parseAs: 'text' })),
  ]);
  return { proof, key };
}
