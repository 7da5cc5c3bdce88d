import { Stored } from '../state/stored';

/** A view under a name: its address within this server. */
export interface Saved {
  readonly name: string;
  readonly address: string;
}

export const savedViews = new Stored<readonly Saved[]>('views', (text) => parseSaved(text ?? '[]') ?? []);

/** Reads what was exported, or stored. Undefined if it is not a list of views; an address may lead nowhere else. */
export function parseSaved(text: string): readonly Saved[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    if (!Array.isArray(list)) return undefined;
    return list.flatMap((one: unknown) => {
      if (typeof one !== 'object' || one === null || !('name' in one) || !('address' in one)) return [];
      const { name, address } = one;
      if (typeof name !== 'string' || typeof address !== 'string' || !/^\/(\?|e\/|t\/|$)/.test(address)) return [];
      return [{ name: name.slice(0, 100), address }];
    });
  } catch {
    return undefined;
  }
}

/** Adds views; one of the same name is replaced. */
export function keep(...views: readonly Saved[]): void {
  const names = new Set(views.map(({ name }) => name));
  savedViews.set([...savedViews.get().filter(({ name }) => !names.has(name)), ...views]);
}

export const drop = (name: string): void => savedViews.set(savedViews.get().filter((one) => one.name !== name));

/** Views that everybody has: the questions that are asked most. */
export const GIVEN: readonly Saved[] = [
  { name: 'Denied in the last hour', address: '/?q=outcome%3Adenied' },
  { name: 'Failed handshakes, a day', address: '/?q=kind%3Ahandshake+outcome%3Afailed&from=now-24h&by=reason' },
  { name: 'Plain text to mTLS, a week', address: '/?q=reason%3Aplaintext_on_mtls&from=now-7d' },
  { name: 'Policy changes, a week', address: '/?q=kind%3Apolicy_change&from=now-7d&by=user.id' },
  { name: 'Would be denied by a dry run', address: '/?q=shadow.action%3A*deny*&from=now-24h&by=shadow.policy' },
  { name: 'Gaps in what was told, a day', address: '/?q=kind%3Agap&from=now-24h' },
];
