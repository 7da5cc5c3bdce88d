import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, client } from '../../api/client';
import { type EventPage, params } from '../../api/queries';
import { also } from '../../query/edit';
import type { Range } from '../../time/range';

const MOST = 500;

/** Changes of policies in the range, newest first. */
export const useChanges = (find: string, range: Range, asked: number) =>
  useQuery({
    queryKey: ['changes', find, range, asked],
    queryFn: async ({ signal }) => {
      const fields =
        'time,kind,outcome,reason,user.id,user.name,user.impersonator,object.group,object.kind,object.namespace,object.name,object.revision,change.verb,change.summary,change.ticket,cluster,mesh';
      const query = { ...params({ q: also('kind:policy_change', find), range }), limit: MOST, fields };
      return (await answer(client.GET('/api/events', { params: { query }, signal }))) as unknown as EventPage;
    },
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

/** Denials over the same range, to stand above the changes. */
export const useDenials = (range: Range, asked: number) =>
  useQuery({
    queryKey: ['denials', range, asked],
    queryFn: ({ signal }) => {
      const query = { ...params({ q: 'outcome:denied', range }), buckets: 120, by: 'outcome' };
      return answer(client.GET('/api/histogram', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

export const useEffectOf = (address: string, window: string) =>
  useQuery({
    queryKey: ['policy-effect', address, window],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/policies/effect', { params: { query: { address, window } }, signal })),
    placeholderData: (previous) => (previous?.address === address ? previous : undefined),
    retry: false,
  });

export const useInForce = (at: string | undefined) =>
  useQuery({
    queryKey: ['policies', at],
    queryFn: ({ signal }) =>
      answer(client.GET('/api/policies', { params: { query: at === undefined ? {} : { at } }, signal })),
    placeholderData: keepPreviousData,
  });
