import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Element, EventDetail, Schemas } from '../event/event';
import { split } from '../event/event';
import { ROW_FIELDS } from '../event/fields';
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

export const useEvents = (search: Search) =>
  useInfiniteQuery({
    queryKey: ['events', search],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam, signal }) => {
      const after = pageParam === undefined ? {} : { after: pageParam };
      const query = { ...params(search), limit: PAGE, fields: ROW_FIELDS.join(), ...after };
      // The generated type of `event` cannot say "text, but for these fields".
      return (await answer(client.GET('/api/events', { params: { query }, signal }))) as unknown as EventPage;
    },
    getNextPageParam: (page: EventPage) => page.next,
    placeholderData: keepPreviousData,
  });

export const useHistogram = (search: Search, buckets: number, refresh: number | false) =>
  useQuery({
    queryKey: ['histogram', search, buckets],
    queryFn: ({ signal }) =>
      answer(
        client.GET('/api/histogram', { params: { query: { ...params(search), buckets, by: 'outcome' } }, signal }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: refresh,
  });

export const useFacet = (search: Search, field: string, limit: number, refresh: number | false) =>
  useQuery({
    queryKey: ['facet', field, search, limit],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/facets', { params: { query: { ...params(search), field, limit } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: refresh,
  });

/** Policy changes in the range, whatever the query says: what happened around the events that it finds. */
export const usePolicyChanges = (range: Range, asked: number, refresh: number | false) =>
  useQuery({
    queryKey: ['policy-changes', range, asked],
    queryFn: async ({ signal }) => {
      const query = {
        ...params({ q: 'kind:policy_change', range }),
        limit: 500,
        fields: 'time,user.id,object.kind,object.name',
      };
      return (await answer(client.GET('/api/events', { params: { query }, signal }))) as unknown as EventPage;
    },
    placeholderData: keepPreviousData,
    refetchInterval: refresh,
  });

export const useEvent = (address: string) =>
  useQuery({
    queryKey: ['event', address],
    queryFn: async ({ signal }) => {
      const call = client.GET('/api/events/{ledger}/{leafIndex}', { params: { path: split(address) }, signal });
      return (await answer(call)) as unknown as EventDetail;
    },
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
