import { type MeshEvent, text } from './event';

/** `spiffe://corp/ns/shop/sa/web` as `shop/web`; other identities as they are. */
export function shortIdentity(identity: string | undefined): string | undefined {
  const match = identity === undefined ? null : /\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(identity);
  return match ? `${match[1]}/${match[2]}` : identity;
}

/** `orders.shop.svc.cluster.local` as `orders.shop`. */
export const shortService = (name: string | undefined): string | undefined =>
  name?.replace(/\.svc(\.[a-z0-9.-]+)?$/, '');

const isChange = (event: MeshEvent): boolean =>
  ['policy_change', 'object_change', 'api_call'].includes(text(event, 'kind') ?? '');

/** Who acted: the workload or identity of a call, the user of a change. */
export function who(event: MeshEvent): string | undefined {
  if (isChange(event)) return text(event, 'user.id') ?? text(event, 'user.name');
  return (
    shortIdentity(text(event, 'source.identity')) ??
    text(event, 'source.workload') ??
    text(event, 'source.peer_address') ??
    text(event, 'source.address') ??
    text(event, 'producer.id')
  );
}

/** On whom or what: the service of a call, the object of a change. */
export function whom(event: MeshEvent): string | undefined {
  if (isChange(event)) {
    const name = [text(event, 'object.namespace'), text(event, 'object.name')].filter(Boolean).join('/');
    return [name, text(event, 'object.kind')].filter(Boolean).join(' ') || undefined;
  }
  if (text(event, 'kind') === 'ledger') return text(event, 'ledger');
  return (
    shortService(text(event, 'destination.service')) ??
    text(event, 'destination.workload') ??
    shortIdentity(text(event, 'destination.identity')) ??
    text(event, 'upstream.cluster') ??
    text(event, 'destination.address')
  );
}

/** What was asked for: method and path, what was changed, or the port that was spoken to. */
export function what(event: MeshEvent): string | undefined {
  if (isChange(event)) return text(event, 'change.summary') ?? text(event, 'change.verb');
  const path = text(event, 'http.path');
  const method = text(event, 'http.method');
  if (path !== undefined || method !== undefined) return [method, path].filter(Boolean).join(' ');
  const grpc = text(event, 'grpc.method');
  if (grpc !== undefined) return `${text(event, 'grpc.service') ?? ''}/${grpc}`;
  const transport = { handshake: 'TLS', connection: 'TCP' }[text(event, 'kind') ?? ''];
  if (transport !== undefined) {
    const port = text(event, 'destination.port');
    return port === undefined ? text(event, 'tls.sni') : `${transport} :${port}`;
  }
  return text(event, 'action') ?? text(event, 'detail');
}
