import { type MeshEvent, text } from './event';
import { shortIdentity } from './sentence';

const unknown = 'unknown';

const service = (event: MeshEvent): string =>
  text(event, 'destination.service') ?? text(event, 'destination.workload') ?? 'the destination';

const caller = (event: MeshEvent): string => {
  const identity = text(event, 'source.identity');
  if (identity !== undefined) return `caller ${identity}`;
  const address = text(event, 'source.peer_address') ?? text(event, 'source.address');
  return address === undefined ? 'caller unknown' : `caller at ${address}, identity unknown`;
};

const rule = (event: MeshEvent): string => {
  const name = text(event, 'policy.name');
  const number = text(event, 'policy.rule');
  if (name === undefined) return 'a policy whose name the proxy does not tell';
  return number === undefined ? name : `${name}, rule ${number}`;
};

const peerSaid = (event: MeshEvent): string => {
  const words = text(event, 'tls.failure');
  return words === undefined ? '' : ` (“${words}”)`;
};

/** The closed list of reason codes, each as a sentence about this event. */
const REASONS: Readonly<Record<string, (event: MeshEvent) => string>> = {
  policy_denied: (e) => `${rule(e)} denies it; ${caller(e)}`,
  no_policy_matched: (e) => `no ALLOW policy of ${service(e)} matched; ${caller(e)}`,
  mtls_required: (e) => `${service(e)} takes only mutual TLS and the connection had none; ${caller(e)}`,
  no_filter_chain: (e) => `no listener of ${service(e)} fits this kind of connection (protocol, SNI or port)`,
  token_missing: (e) => `the request carried no token, and ${service(e)} asks for one`,
  token_expired: (e) => `the token had expired${subject(e)}`,
  token_invalid: (e) => `the token is not valid: its signature, issuer or form is not accepted${subject(e)}`,
  token_wrong_audience: (e) => `the token was issued for another audience${subject(e)}`,
  ext_authz_denied: (e) => `the external authorization service of ${service(e)} said no; ${caller(e)}`,
  rate_limited: (e) => `over the rate limit of ${service(e)}; ${caller(e)}`,
  application_refused: (e) =>
    `the mesh let it pass; the application itself answered ${text(e, 'http.status') ?? 'with a refusal'}`,
  plaintext_on_mtls: (e) => `the client spoke plain text to a port that takes only mutual TLS${peerSaid(e)}`,
  certificate_expired: (e) => `the peer's certificate had expired${peerSaid(e)}`,
  unknown_ca: (e) => `the peer's certificate is signed by an authority that is not trusted here${peerSaid(e)}`,
  san_mismatch: (e) => `the peer's certificate names another identity than the expected one${peerSaid(e)}`,
  no_client_certificate: (e) => `the client sent no certificate${peerSaid(e)}`,
  protocol_error: (e) => `the two sides could not agree on TLS${peerSaid(e)}`,
  handshake_timeout: (e) => `the handshake was not finished in time${peerSaid(e)}`,
  upstream_tls_failed: (e) => `the proxy could not set up TLS to ${upstream(e)}${peerSaid(e)}`,
  upstream_unreachable: (e) => `${upstream(e)} could not be reached`,
  upstream_timeout: (e) => `${upstream(e)} did not answer in time`,
  upstream_reset: (e) => `${upstream(e)} broke off the connection`,
  no_healthy_upstream: (e) => `${service(e)} has no healthy instance`,
  no_route: (e) => `no route leads to ${text(e, 'http.host') ?? service(e)}`,
  forbidden: (e) => `${text(e, 'user.id') ?? 'the user'} is not allowed to do this`,
  unauthenticated: () => 'the caller did not say who it is, or could not prove it',
};

/** Why something is missing. */
const GAPS: Readonly<Record<string, string>> = {
  dropped_by_proxy: 'the proxy itself counts records that it dropped',
  unknown_tail: 'the proxy ended; what it had not sent yet is not known',
  restart: 'the proxy restarted and its counters began anew',
  unattributable: 'a difference between counters that cannot be attributed to one cause',
};

/** The codes that have a sentence of their own. */
export const REASON_CODES: readonly string[] = Object.keys(REASONS);

function subject(event: MeshEvent): string {
  const user = text(event, 'user.id');
  return user === undefined ? '' : `; subject ${user}`;
}

function upstream(event: MeshEvent): string {
  return text(event, 'upstream.host') ?? text(event, 'upstream.cluster') ?? service(event);
}

/** Why it came out like this, in plain words: "denied: no ALLOW policy of orders matched; caller spiffe://…". */
export function explain(event: MeshEvent): string {
  const outcome = text(event, 'outcome') ?? unknown;
  const reason = text(event, 'reason');
  if (reason !== undefined) {
    const sentence = REASONS[reason]?.(event) ?? GAPS[reason] ?? reason.replaceAll('_', ' ');
    return `${outcome}: ${sentence}`;
  }
  if (outcome === 'changed') {
    const summary = text(event, 'change.summary');
    const by = text(event, 'user.id') ?? 'an unknown user';
    return summary === undefined ? `changed by ${by}` : `changed by ${by}: ${summary}`;
  }
  if (outcome === 'allowed') {
    const policy = text(event, 'policy.name');
    return policy === undefined
      ? 'allowed; which policy allowed it was not told'
      : `allowed by ${rule(event)}; ${shortIdentity(text(event, 'source.identity')) ?? 'caller unknown'}`;
  }
  return `${outcome}; the reason is unknown`;
}
