import type { Schemas } from '../../event/event';

type Source = Schemas['Source'];

/** After so long without a record a source that used to report is called silent. */
const SILENT_MILLIS = 5 * 60_000;

export const isSilent = (source: Source, now: number): boolean => now - Date.parse(source.lastSeen) > SILENT_MILLIS;

const loss = (source: Source): number => source.rejected + (source.dropped ?? 0) + (source.gaps ?? 0);

/** What needs a look first: who loses records, then who is silent, then the rest, each as the server has them. */
export function byConcern(sources: readonly Source[], now: number): Source[] {
  const concern = (source: Source) => (loss(source) > 0 ? 2 : isSilent(source, now) ? 1 : 0);
  return [...sources].sort((a, b) => concern(b) - concern(a));
}

/** In one sentence, or undefined if there is nothing to say. */
export function concerns(sources: readonly Source[], now: number): string | undefined {
  const silent = sources.filter((source) => isSilent(source, now)).length;
  const losing = sources.filter((source) => loss(source) > 0).length;
  const parts = [
    silent > 0 && `${silent} silent for over 5 minutes`,
    losing > 0 && `${losing} with rejected, dropped or missing records`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? undefined : `Of ${sources.length}: ${parts.join(', ')}.`;
}
