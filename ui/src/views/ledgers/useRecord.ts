import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answer, client } from '../../api/client';
import type { EventPage } from '../../api/queries';
import type { MeshEvent } from '../../event/event';
import { text } from '../../event/event';

const attribute = (event: MeshEvent, name: string): string => text(event, `attributes.${name}`) ?? '';

/** A checkpoint as `root` has it: the signed note, verbatim. */
export interface Recorded {
  readonly address: string;
  readonly time: string;
  readonly size: number;
  readonly note: string;
}

/** The checkpoints of a ledger that `root` has on record, newest first. */
export const useCheckpoints = (ledger: string) =>
  useQuery({
    queryKey: ['checkpoints', ledger],
    queryFn: async ({ signal }) => {
      const query = {
        q: `ledger:root kind:ledger action:checkpoint attributes.ledger:${ledger}`,
        limit: 240,
        fields: 'time,attributes.size,attributes.checkpoint',
      };
      const page = (await answer(client.GET('/api/events', { params: { query }, signal }))) as unknown as EventPage;
      const recorded = page.events.map(
        ({ address, event }): Recorded => ({
          address,
          time: text(event, 'time') ?? '',
          size: Number(attribute(event, 'size')),
          note: attribute(event, 'checkpoint'),
        }),
      );
      return { ...page, recorded };
    },
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });

/** What was done to the ledgers, as `root` has it: all but the checkpoints of every minute. */
export const useActs = () =>
  useQuery({
    queryKey: ['acts'],
    queryFn: async ({ signal }) => {
      const query = { q: 'ledger:root kind:ledger -action:checkpoint', limit: 200 };
      return (await answer(client.GET('/api/events', { params: { query }, signal }))) as unknown as EventPage;
    },
    refetchInterval: 30_000,
  });

export const useHolds = () =>
  useQuery({
    queryKey: ['holds'],
    queryFn: ({ signal }) => answer(client.GET('/api/holds', { signal })),
    refetchInterval: 30_000,
  });

/** The ledger's newest checkpoint and its key, as text and from where an auditor would take them. */
export async function fetchCheckpoint(name: string): Promise<{ note: string; key: string }> {
  const path = { name };
  const [note, key] = await Promise.all([
    answer(client.GET('/ledger/{name}/checkpoint', { params: { path }, parseAs: 'text' })),
    answer(client.GET('/ledger/{name}/key', { params: { path }, parseAs: 'text' })),
  ]);
  return { note, key };
}
