import { literal } from '../../query/edit';
import type { Link, Place } from './meshMap';

type End = 'source' | 'destination';

/**
 * The query that finds the events of one end of a call: what the server made the name of. It takes the identity, else
 * the workload with its namespace, else the service, else the address.
 */
function endOf(end: End, id: string): string {
  const is = (field: string, value: string) => `${end}.${field}:${literal(value)}`;
  const lacks = (...fields: string[]) => fields.map((field) => `-${end}.${field}:*`).join(' ');
  if (id === 'unknown') return lacks('identity', 'workload', 'service', 'address');
  if (id.includes('://')) return is('identity', id);
  if (/^(\d{1,3}\.){3}\d{1,3}$|^[0-9a-f:]*:[0-9a-f:.]*$/i.test(id)) {
    return `${is('address', id)} ${lacks('identity', 'workload', 'service')}`;
  }
  const slash = id.indexOf('/');
  const workload =
    slash < 0
      ? `${is('workload', id)} ${lacks('namespace')}`
      : `${is('namespace', id.slice(0, slash))} ${is('workload', id.slice(slash + 1))}`;
  const service = `${is('service', id)} ${lacks('workload')}`;
  return `(${is('identity', id)} OR (${lacks('identity')} ((${workload}) OR (${service}))))`;
}

function side(end: End, place: Place): string {
  if (place.members !== undefined && place.namespace !== '') {
    const inside = `"*/ns/${place.namespace.replace(/[\\"*]/g, '\\$&')}/*"`;
    return `(${end}.namespace:${literal(place.namespace)} OR (-${end}.namespace:* ${end}.identity:${inside}))`;
  }
  const [first, ...more] = place.ids.map((id) => endOf(end, id));
  return more.length === 0 ? (first ?? '') : `(${[first, ...more].map((part) => `(${part})`).join(' OR ')})`;
}

const CALLS = 'kind:(request OR connection OR handshake OR token)';

export const linkFilter = (source: Place, destination: Place): string =>
  `${CALLS} ${side('source', source)} ${side('destination', destination)}`;

export const placeFilter = (place: Place): string =>
  `${CALLS} ((${side('source', place)}) OR (${side('destination', place)}))`;

/** To be added to a query: calls neither by nor to the place. Each term can be taken away again for itself. */
export const withoutPlace = (place: Place): string =>
  (['source', 'destination'] as const).flatMap((end) => ways(end, place).map(negated)).join(' ');

export const withoutLink = (source: Place, destination: Place): string =>
  `-(${side('source', source)} ${side('destination', destination)})`;

/** The names of an end, each for itself and as short as it can be said. */
function ways(end: End, place: Place): string[] {
  if (place.members !== undefined) return [side(end, place)];
  return place.ids.map((id) => {
    const workload = /^([^/:]+)\/([^/:]+)$/.exec(id);
    if (workload === null) return endOf(end, id);
    return `${end}.namespace:${literal(workload[1] ?? '')} ${end}.workload:${literal(workload[2] ?? '')}`;
  });
}

const negated = (term: string): string =>
  term.includes(' ') && !/^\S*"[^"]*"$/.test(term) ? `-(${term})` : `-${term}`;

export const ends = (link: Link, places: ReadonlyMap<string, Place>): readonly [Place, Place] | undefined => {
  const source = places.get(link.source);
  const destination = places.get(link.destination);
  return source === undefined || destination === undefined ? undefined : [source, destination];
};
