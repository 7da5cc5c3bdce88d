import { type MeshEvent, text } from './event';

/** Words of a sentence about an event, and the field and value that they stand for: what a click on them asks for. */
export interface Part {
  readonly words: string;
  readonly field: string;
  readonly value: string;
}

/** `spiffe://corp/ns/shop/sa/web` as `shop/web`; other identities as they are. */
export function shortIdentity(identity: string | undefined): string | undefined {
  const match = identity === undefined ? null : /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(identity);
  return match ? `${match[1]}/${match[2]}` : identity;
}

/** `orders.shop.svc.cluster.local` as `orders.shop`. */
export const shortService = (name: string | undefined): string | undefined =>
  name?.replace(/\.svc(\.[a-z0-9.-]+)?$/, '');

/** A value as it is said in a sentence and in a list: what everybody knows is left out. */
export function shortened(field: string, value: string): string {
  if (field.endsWith('.identity')) return shortIdentity(value) ?? value;
  return field === 'destination.service' ? (shortService(value) ?? value) : value;
}

const isChange = (event: MeshEvent): boolean =>
  ['policy_change', 'object_change', 'api_call'].includes(text(event, 'kind') ?? '');

/** The first of these fields that the event has. */
function first(event: MeshEvent, ...fields: readonly string[]): Part | undefined {
  for (const field of fields) {
    const value = text(event, field);
    if (value !== undefined) return { words: shortened(field, value), field, value };
  }
  return undefined;
}

/** Who acted: the workload or identity of a call, the user of a change. */
export function whoPart(event: MeshEvent): Part | undefined {
  if (isChange(event)) return first(event, 'user.id', 'user.name');
  return first(
    event,
    'source.identity',
    'source.workload',
    'source.peer_address',
    'source.address',
    'user.id',
    'producer.id',
  );
}

/** On whom or what: the service of a call, the object of a change. */
export function whomPart(event: MeshEvent): Part | undefined {
  if (isChange(event)) {
    const named = first(event, 'object.name', 'object.kind');
    const name = [text(event, 'object.namespace'), text(event, 'object.name')].filter(Boolean).join('/');
    const words = [name, text(event, 'object.kind')].filter(Boolean).join(' ');
    return named === undefined ? undefined : { ...named, words };
  }
  if (text(event, 'kind') === 'ledger') return first(event, 'ledger');
  return first(
    event,
    'destination.service',
    'destination.workload',
    'destination.identity',
    'upstream.cluster',
    'destination.address',
  );
}

/** What was asked for: method and path, what was changed, or the port that was spoken to. */
export function whatPart(event: MeshEvent): Part | undefined {
  if (isChange(event)) return first(event, 'change.summary', 'change.verb');
  const path = text(event, 'http.path');
  const method = text(event, 'http.method');
  if (path !== undefined) {
    return { words: [method, path].filter(Boolean).join(' '), field: 'http.path', value: path };
  }
  if (method !== undefined) return { words: method, field: 'http.method', value: method };
  const grpc = text(event, 'grpc.method');
  if (grpc !== undefined) {
    return { words: `${text(event, 'grpc.service') ?? ''}/${grpc}`, field: 'grpc.method', value: grpc };
  }
  const transport = { handshake: 'TLS', connection: 'TCP' }[text(event, 'kind') ?? ''];
  if (transport !== undefined) {
    const port = text(event, 'destination.port');
    return port === undefined
      ? first(event, 'tls.sni')
      : { words: `${transport} :${port}`, field: 'destination.port', value: port };
  }
  return first(event, 'action', 'detail');
}

export const who = (event: MeshEvent): string | undefined => whoPart(event)?.words;
export const whom = (event: MeshEvent): string | undefined => whomPart(event)?.words;
export const what = (event: MeshEvent): string | undefined => whatPart(event)?.words;

/** The answer's code: of gRPC where there is one, else of HTTP. */
export const statusPart = (event: MeshEvent): Part | undefined => first(event, 'grpc.status', 'http.status');

/** Whether an answer's code belongs to this kind of event, so that its absence has to be said. */
export const hasStatus = (event: MeshEvent): boolean => ['request', 'token'].includes(text(event, 'kind') ?? '');

const SHORT_REASONS: Readonly<Record<string, string>> = {
  no_policy_matched: 'no policy matched',
  mtls_required: 'mutual TLS required',
  application_refused: 'the application refused',
  plaintext_on_mtls: 'plain text to mTLS',
  unknown_ca: 'unknown CA',
  san_mismatch: 'SAN mismatch',
  ext_authz_denied: 'external authorizer',
};

/** How it came out and why, as the end of the row's sentence: "denied" "by" "shop/only-frontend". */
export interface Verdict {
  readonly outcome: Part;
  /** "by" before a policy, ":" before a reason; empty where nothing follows. */
  readonly joint: string;
  readonly why: readonly Part[];
  /** Said after it, in brackets. */
  readonly note: string | undefined;
}

export function verdict(event: MeshEvent): Verdict {
  const value = text(event, 'outcome') ?? 'unknown';
  const outcome = { words: value, field: 'outcome', value };
  const policy = first(event, 'policy.name');
  const reason = first(event, 'reason');
  const note = text(event, 'policy.action') === 'default_deny' ? 'default deny' : undefined;
  if (policy !== undefined && (reason === undefined || reason.value === 'policy_denied')) {
    return { outcome, joint: 'by', why: [policy], note };
  }
  if (reason !== undefined) {
    const words = SHORT_REASONS[reason.value] ?? reason.value.replaceAll('_', ' ');
    return { outcome, joint: ':', why: [{ ...reason, words }, ...(policy ? [policy] : [])], note };
  }
  if (value === 'changed') {
    const verb = first(event, 'change.verb', 'action');
    return { outcome, joint: verb === undefined ? '' : ':', why: verb === undefined ? [] : [verb], note };
  }
  return { outcome, joint: '', why: [], note };
}

/** The row as plain text, for copying, finding and screen readers. */
export function sentence(event: MeshEvent): string {
  const { outcome, joint, why, note } = verdict(event);
  const status = statusPart(event)?.words;
  const words = [who(event) ?? 'unknown', '→', whom(event) ?? 'unknown', what(event) ?? ''];
  if (status !== undefined) words.push(status);
  words.push(joint === ':' ? `${outcome.words}:` : outcome.words);
  if (joint === 'by') words.push('by');
  words.push(...why.map((part) => part.words));
  if (note !== undefined) words.push(`(${note})`);
  return words.filter((word) => word !== '').join(' ');
}
