import type { FieldValue } from '../../src/event/event.ts';
import { Random } from './random.ts';

export type Fields = Record<string, FieldValue>;

const TRUST = 'spiffe://demo.meshtrail';
const CALLERS = ['catalog', 'frontend', 'checkout', 'reports'] as const;
const SERVICES = ['orders', 'payments', 'catalog'] as const;
const PATHS = ['/orders', '/orders/1842', '/items?page=2', '/charge', '/admin/refunds', '/health'] as const;
const PEOPLE = [
  'dana@corp.example',
  'lee@corp.example',
  'system:serviceaccount:argocd:application-controller',
] as const;

/** Tells the demo mesh's kinds of events, one at a time, from a seed. Only the page's fake server uses it. */
export class Story {
  readonly #random: Random;
  #told = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  next(time: string): Fields {
    this.#told++;
    if (this.#told % 97 === 50) return this.#policyChange(time);
    if (this.#told % 331 === 300) return this.#hostile(time);
    const dice = this.#random.next();
    if (dice < 0.8) return this.#allowed(time);
    if (dice < 0.87) return this.#denied(time);
    if (dice < 0.9) return this.#token(time);
    if (dice < 0.94) return this.#handshake(time);
    if (dice < 0.96) return this.#connection(time);
    if (dice < 0.98) return this.#upstreamFailed(time);
    return this.#refusedByApplication(time);
  }

  #base(time: string, kind: string, outcome: string): Fields {
    return { v: 1, time, kind, outcome, mesh: 'istio', cluster: this.#random.pick(['east', 'west', 'east']) };
  }

  #call(time: string, outcome: string): Fields {
    const random = this.#random;
    const source = random.pick(CALLERS);
    const destination = random.pick(SERVICES);
    const [path = '/', query] = random.pick(PATHS).split('?');
    return {
      ...this.#base(time, 'request', outcome),
      'observer.name': `${destination}-${random.pick(['7d9c', '5f2a'])}.shop`,
      'observer.side': 'server',
      'source.identity': `${TRUST}/ns/shop/sa/${source}`,
      'source.verified': 'mtls',
      'source.namespace': 'shop',
      'source.address': `10.0.${random.below(4)}.${random.below(250)}`,
      'source.port': 30_000 + random.below(20_000),
      'destination.service': `${destination}.shop.svc.cluster.local`,
      'destination.namespace': 'shop',
      'destination.identity': `${TRUST}/ns/shop/sa/${destination}`,
      'destination.port': 8080,
      'http.method': random.pick(['GET', 'GET', 'POST']),
      'http.host': `${destination}.shop`,
      'http.path': path,
      ...(query === undefined ? {} : { 'http.query': query }),
      'http.protocol': 'HTTP/1.1',
      'bytes.in': random.below(900),
      'bytes.out': 40 + random.below(9000),
      duration: 400_000 + random.below(90_000_000),
      'request.id': `${random.hex(8)}-${random.hex(4)}-4${random.hex(3)}-9${random.hex(3)}-${random.hex(12)}`,
      'trace.id': random.hex(32),
      'tls.version': 'TLSv1.3',
      'tls.sni': `outbound_.8080_._.${destination}.shop.svc.cluster.local`,
      'tls.peer_san': [`${TRUST}/ns/shop/sa/${source}`],
    };
  }

  #allowed(time: string): Fields {
    const call = this.#call(time, 'allowed');
    const destination = String(call['http.host']).split('.')[0];
    return {
      ...call,
      'http.status': this.#random.pick([200, 200, 200, 204, 304, 404]),
      'policy.name': `shop/${destination}-viewer`,
      'policy.rule': '0',
      'policy.action': 'allow',
      ...(this.#random.next() < 0.05 ? { 'shadow.policy': 'shop/strict-preview', 'shadow.action': 'deny' } : {}),
    };
  }

  #denied(time: string): Fields {
    const call = { ...this.#call(time, 'denied'), 'http.status': 403, duration: 210_000 };
    if (this.#random.next() < 0.55) {
      return {
        ...call,
        'http.path': '/admin/refunds',
        reason: 'no_policy_matched',
        'policy.action': 'default_deny',
        detail: 'rbac_access_denied_matched_policy[none]',
      };
    }
    return {
      ...call,
      reason: 'policy_denied',
      'policy.name': 'shop/orders-viewer',
      'policy.rule': '0',
      'policy.action': 'deny',
      detail: 'rbac_access_denied_matched_policy[ns[shop]-policy[orders-viewer]-rule[0]]',
    };
  }

  #token(time: string): Fields {
    const reason = this.#random.pick(['token_missing', 'token_expired', 'token_wrong_audience', 'token_invalid']);
    const { 'source.identity': _, 'source.verified': __, 'tls.peer_san': ___, ...call } = this.#call(time, 'denied');
    return {
      ...call,
      kind: 'token',
      reason,
      'observer.name': 'edge.shop',
      'observer.side': 'gateway',
      'source.verified': 'none',
      'http.status': 401,
      ...(reason === 'token_missing'
        ? {}
        : { 'user.id': 'sam@customer.example', 'user.issuer': 'https://id.demo.meshtrail' }),
      detail: `jwt_authn_access_denied{${reason}}`,
    };
  }

  #handshake(time: string): Fields {
    const [reason, words] = this.#random.pick([
      ['plaintext_on_mtls', 'TLS_error:|268435612:SSL routines:OPENSSL_internal:HTTP_REQUEST'],
      [
        'certificate_expired',
        'TLS_error:|268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED: certificate has expired',
      ],
      [
        'unknown_ca',
        'TLS_error:|268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED: unable to get local issuer',
      ],
      ['no_client_certificate', 'TLS_error:|268435655:SSL routines:OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE'],
    ] as const);
    return {
      ...this.#base(time, 'handshake', 'failed'),
      reason,
      'observer.name': 'payments-5f2a.shop',
      'observer.side': 'server',
      'source.peer_address': `10.0.9.${this.#random.below(20)}`,
      'destination.service': 'payments.shop.svc.cluster.local',
      'destination.port': 8443,
      'proxy.flags': 'NR',
      'tls.failure': words,
      'connection.id': String(this.#random.below(9999)),
    };
  }

  #connection(time: string): Fields {
    return {
      ...this.#base(time, 'connection', 'denied'),
      reason: 'policy_denied',
      'policy.name': 'shop/ledger-db',
      'policy.action': 'deny',
      'observer.name': 'ledger-db-0.shop',
      'observer.side': 'server',
      'source.identity': `${TRUST}/ns/shop/sa/reports`,
      'source.verified': 'mtls',
      'destination.service': 'ledger-db.shop.svc.cluster.local',
      'destination.port': 5432,
      'bytes.in': 0,
      'bytes.out': 0,
      duration: 180_000,
    };
  }

  #upstreamFailed(time: string): Fields {
    return {
      ...this.#call(time, 'failed'),
      reason: this.#random.pick(['upstream_unreachable', 'upstream_timeout']),
      'http.status': 503,
      'proxy.flags': 'UF,URX',
      'upstream.host': '10.0.2.17:8080',
    };
  }

  #refusedByApplication(time: string): Fields {
    return { ...this.#call(time, 'allowed'), reason: 'application_refused', 'http.status': 403 };
  }

  #policyChange(time: string): Fields {
    const name = this.#random.pick(['orders-viewer', 'orders-viewer', 'ledger-db']);
    return {
      ...this.#base(time, 'policy_change', 'changed'),
      mesh: 'kubernetes',
      'observer.side': 'control',
      'user.id': this.#random.pick(PEOPLE),
      'user.groups': ['mesh-admins', 'system:authenticated'],
      'user.agent': 'kubectl/v1.34.1 (linux/amd64) kubernetes/9f2c1a7',
      'change.verb': 'patch',
      'change.summary': this.#random.pick([
        'rules[0].to.operation.methods: GET → GET, POST',
        'rules[0].from.source.principals: − reports',
      ]),
      'object.group': 'security.istio.io',
      'object.kind': 'AuthorizationPolicy',
      'object.namespace': 'shop',
      'object.name': name,
      'object.revision': String(4000 + this.#told),
      raw: JSON.stringify({
        kind: 'Event',
        apiVersion: 'audit.k8s.io/v1',
        verb: 'patch',
        objectRef: { resource: 'authorizationpolicies', namespace: 'shop', name },
      }),
    };
  }

  /** What an attacker would send, so that the page is always looked at with it. */
  #hostile(time: string): Fields {
    return {
      ...this.#call(time, 'denied'),
      reason: 'no_policy_matched',
      'policy.action': 'default_deny',
      'http.status': 403,
      'http.path': '/<img src=x onerror=alert(1)>/\u202egnp.exe',
      'user.agent': `"><script>alert(1)</script> ${'A'.repeat(4000)}`,
      'attributes.x-note': '\u202e\u2066 reversed \u0000 and a null',
    };
  }
}
