import { type Arrangement, layered } from './layered';
import { groupOf, type Link, type MeshMap, type Place } from './meshMap';

interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface DrawnPlace extends Frame {
  readonly place: Place;
}

/** A cluster, or a namespace in it. */
export interface DrawnGroup extends Frame {
  readonly id: string;
  readonly kind: 'cluster' | 'namespace';
  readonly name: string;
}

export interface DrawnLink {
  readonly link: Link;
  readonly path: string;
  /** Where its middle is, for a mark or a word. */
  readonly middle: { readonly x: number; readonly y: number };
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly groups: readonly DrawnGroup[];
  readonly places: readonly DrawnPlace[];
  readonly links: readonly DrawnLink[];
}

export const PLACE_WIDTH = 156;
export const PLACE_HEIGHT = 38;
const HEAD = 24;
const PAD = 14;

/** Namespaces within clusters, places within namespaces, each level laid out for itself. */
export function draw(map: MeshMap): Drawing {
  const clusters = grouped(map.places, (place) => place.cluster);
  const groups: DrawnGroup[] = [];
  const places: DrawnPlace[] = [];
  const outer = level(
    [...clusters].map(([cluster, all]) => {
      const namespaces = [...grouped(all, groupOf)].map(([id, members]) => ({ id, ...inside(members, map.links) }));
      const arrangement = level(namespaces, map.links, groupKey(map), 56, 26);
      return { id: cluster, namespaces, arrangement, ...padded(arrangement) };
    }),
    map.links,
    keyOf(map, (place) => place.cluster),
    84,
    40,
  );
  for (const cluster of outer.boxes) {
    const { x, y } = outer.at.get(cluster.id) ?? { x: 0, y: 0 };
    groups.push({ id: `cluster ${cluster.id}`, kind: 'cluster', name: cluster.id, x, y, ...size(cluster) });
    for (const namespace of cluster.namespaces) {
      const at = cluster.arrangement.at.get(namespace.id) ?? { x: 0, y: 0 };
      const left = x + PAD + at.x;
      const top = y + HEAD + at.y;
      const name = namespace.places[0]?.namespace ?? '';
      groups.push({ id: namespace.id, kind: 'namespace', name, x: left, y: top, ...size(namespace) });
      for (const place of namespace.places) {
        const own = namespace.at.get(place.id) ?? { x: 0, y: 0 };
        const frame = { width: PLACE_WIDTH, height: PLACE_HEIGHT };
        places.push({ place, x: left + PAD + own.x, y: top + HEAD + own.y, ...frame });
      }
    }
  }
  return { width: outer.width, height: outer.height, groups, places, links: routed(map.links, places) };
}

const size = ({ width, height }: { width: number; height: number }) => ({ width, height });

const padded = ({ width, height }: { width: number; height: number }) => ({
  width: width + 2 * PAD,
  height: height + HEAD + PAD,
});

function inside(places: readonly Place[], links: readonly Link[]) {
  const items = places.map(({ id }) => ({ id, width: PLACE_WIDTH, height: PLACE_HEIGHT }));
  const arrows = links.map(({ source, destination }) => ({ from: source, to: destination }));
  const arrangement = layered(items, arrows, { x: 64, y: 16 });
  return { places, at: arrangement.at, ...padded(arrangement) };
}

function level<T extends { id: string; width: number; height: number }>(
  boxes: readonly T[],
  links: readonly Link[],
  key: (id: string) => string | undefined,
  x: number,
  y: number,
) {
  const arrows = links.map((link) => ({ from: key(link.source) ?? '', to: key(link.destination) ?? '' }));
  const beside = layered(boxes, arrows, { x, y });
  const below = stacked(boxes, x);
  return { boxes, ...(fit(below) > fit(beside) ? below : beside) };
}

/** How large the picture can be drawn in a frame of the usual shape. */
const fit = ({ width, height }: Arrangement): number => Math.min(2.2 / width, 1 / height);

/** One below the other: what is few and wide is then larger on a screen than in columns. */
function stacked(boxes: readonly { id: string; width: number; height: number }[], gap: number): Arrangement {
  const at = new Map<string, { x: number; y: number }>();
  const width = Math.max(0, ...boxes.map((box) => box.width));
  let y = 0;
  for (const box of boxes) {
    at.set(box.id, { x: (width - box.width) / 2, y });
    y += box.height + gap;
  }
  return { at, width, height: y - gap };
}

function keyOf(map: MeshMap, of: (place: Place) => string): (id: string) => string | undefined {
  const keys = new Map(map.places.map((place) => [place.id, of(place)]));
  return (id) => keys.get(id);
}

const groupKey = (map: MeshMap) => keyOf(map, groupOf);

function grouped(places: readonly Place[], key: (place: Place) => string): Map<string, Place[]> {
  const groups = new Map<string, Place[]>();
  for (const place of [...places].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    groups.set(key(place), [...(groups.get(key(place)) ?? []), place]);
  }
  return new Map([...groups].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Curves from the right of the caller to the left of the called, each with a spot of its own on both. */
function routed(links: readonly Link[], places: readonly DrawnPlace[]): DrawnLink[] {
  const at = new Map(places.map((drawn) => [drawn.place.id, drawn]));
  const both = links.flatMap((link) => {
    const from = at.get(link.source);
    const to = at.get(link.destination);
    return from === undefined || to === undefined ? [] : [{ link, from, to }];
  });
  const leaving = spots(
    both,
    (l) => l.from,
    (l) => l.to.y,
  );
  const coming = spots(
    both,
    (l) => l.to,
    (l) => l.from.y,
  );
  return both.map(({ link, from, to }) => {
    const y1 = leaving.get(link.id) ?? from.y + from.height / 2;
    const y2 = coming.get(link.id) ?? to.y + to.height / 2;
    const x1 = from.x + from.width;
    const x2 = to.x;
    return { link, ...(from === to ? loop(from) : curve(x1, y1, x2, y2)) };
  });
}

type Both = { readonly link: Link; readonly from: DrawnPlace; readonly to: DrawnPlace };

function spots(all: readonly Both[], at: (both: Both) => DrawnPlace, by: (both: Both) => number): Map<string, number> {
  const sides = new Map<string, Both[]>();
  for (const both of all) {
    const id = at(both).place.id;
    sides.set(id, [...(sides.get(id) ?? []), both]);
  }
  const found = new Map<string, number>();
  for (const side of sides.values()) {
    side.sort((a, b) => by(a) - by(b) || (a.link.id < b.link.id ? -1 : 1));
    for (const [i, both] of side.entries()) {
      const { y, height } = at(both);
      found.set(both.link.id, y + (height * (i + 1)) / (side.length + 1));
    }
  }
  return found;
}

const round = (value: number): number => Math.round(value * 10) / 10;

function curve(x1: number, y1: number, x2: number, y2: number): Pick<DrawnLink, 'path' | 'middle'> {
  // What calls back to the left swings out wider, so that it does not hide below what goes forward.
  const reach = x2 > x1 ? Math.max(24, (x2 - x1) / 2) : Math.min(150, 60 + (x1 - x2) / 5);
  const bend = x2 > x1 ? 0 : 34 * (y2 >= y1 ? 1 : -1);
  const [c1, c2] = [x1 + reach, x2 - reach];
  const path = `M${round(x1)} ${round(y1)} C${round(c1)} ${round(y1 + bend)} ${round(c2)} ${round(y2 + bend)} ${round(x2)} ${round(y2)}`;
  return { path, middle: { x: (x1 + 3 * c1 + 3 * c2 + x2) / 8, y: (y1 + 3 * (y1 + bend) + 3 * (y2 + bend) + y2) / 8 } };
}

function loop({ x, y, width }: DrawnPlace): Pick<DrawnLink, 'path' | 'middle'> {
  const [right, top] = [x + width, y];
  const path = `M${right - 34} ${top} C${right - 30} ${top - 26} ${right - 6} ${top - 26} ${right - 10} ${top}`;
  return { path, middle: { x: right - 21, y: top - 20 } };
}
