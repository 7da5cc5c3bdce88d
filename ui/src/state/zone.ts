import type { Zone } from '../time/format';
import { Stored, useStored } from './stored';

const zone = new Stored<Zone>('zone', (text) => (text === 'local' ? 'local' : 'utc'));

export const toggleZone = (): void => zone.set(zone.get() === 'utc' ? 'local' : 'utc');

/** The zone in which times are shown: a habit of the reader, not of the query, so it is not in the address. */
export const useZone = (): readonly [Zone, () => void] => [useStored(zone), toggleZone];
