import { useQuery } from '@tanstack/react-query';
import { answer, client } from '../../api/client';
import type { EventPage } from '../../api/queries';

/** Late reports of a call come within some seconds; a trace that was just made is read again for so long. */
const SETTLE_MILLIS = 20_000;

export const useTrace = (id: string) =>
  useQuery({
    queryKey: ['trace', id],
    enabled: id !== '',
    queryFn: async ({ signal }) =>
      (await answer(client.GET('/api/trace/{id}', { params: { path: { id } }, signal }))) as unknown as EventPage,
    refetchInterval: ({ state }) => {
      const newest = String(state.data?.events.at(-1)?.event.received ?? '');
      return Date.now() - Date.parse(newest) < SETTLE_MILLIS ? 3000 : false;
    },
  });

/** Traces in which something was denied or failed, newest first: where one may want to begin. */
export const useTroubledTraces = (enabled: boolean) =>
  useQuery({
    queryKey: ['troubled-traces'],
    enabled,
    queryFn: async ({ signal }) => {
      const fields =
        'time,kind,outcome,reason,trace.id,request.id,http.method,http.path,source.identity,source.workload,source.address,destination.service,destination.workload,destination.identity,policy.name';
      const query = { q: 'trace.id:* outcome:(denied OR failed)', limit: 40, fields };
      return (await answer(client.GET('/api/events', { params: { query }, signal }))) as unknown as EventPage;
    },
  });
