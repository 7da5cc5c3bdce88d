import type { Drawing } from './drawing';

/** Where the keyboard stands on the map; on a link it remembers the place that it came from. */
export type Spot =
  | { readonly on: 'place'; readonly id: string }
  | { readonly on: 'link'; readonly id: string; readonly by: 'source' | 'destination' };

export type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/**
 * Along the calls: right from a place to its busiest outgoing link and on to who is called, left the other way; up and
 * down among the links of one place, or among the places. Stays where there is nothing to go to.
 */
export function walk(drawing: Drawing, spot: Spot, direction: Direction): Spot {
  if (spot.on === 'place') return fromPlace(drawing, spot, direction);
  const link = drawing.links.find((drawn) => drawn.link.id === spot.id)?.link;
  if (link === undefined) return spot;
  if (direction === 'ArrowRight') return { on: 'place', id: link.destination };
  if (direction === 'ArrowLeft') return { on: 'place', id: link.source };
  const siblings = drawing.links.filter((drawn) => drawn.link[spot.by] === link[spot.by]).map((drawn) => drawn.link.id);
  return { ...spot, id: beside(siblings, spot.id, direction) };
}

function fromPlace(drawing: Drawing, spot: Spot & { on: 'place' }, direction: Direction): Spot {
  if (direction === 'ArrowRight') {
    const out = drawing.links.find((drawn) => drawn.link.source === spot.id);
    return out === undefined ? spot : { on: 'link', id: out.link.id, by: 'source' };
  }
  if (direction === 'ArrowLeft') {
    const into = drawing.links.find((drawn) => drawn.link.destination === spot.id);
    return into === undefined ? spot : { on: 'link', id: into.link.id, by: 'destination' };
  }
  const inReadingOrder = [...drawing.places].sort((a, b) => a.x - b.x || a.y - b.y).map(({ place }) => place.id);
  return { on: 'place', id: beside(inReadingOrder, spot.id, direction) };
}

function beside(ids: readonly string[], id: string, direction: Direction): string {
  const next = ids.indexOf(id) + (direction === 'ArrowDown' ? 1 : -1);
  return ids[Math.min(ids.length - 1, Math.max(0, next))] ?? id;
}
