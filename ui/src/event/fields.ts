/** The fields of an event in the groups and the order in which a person asks: who, whom, what, and why. */
export const FIELD_GROUPS: readonly { readonly title: string; readonly fields: readonly string[] }[] = [
  {
    title: 'What',
    fields: ['time', 'received', 'kind', 'outcome', 'reason', 'detail'],
  },
  {
    title: 'Who',
    fields: [
      ...['workload', 'namespace', 'service', 'identity', 'verified', 'address', 'port', 'peer_address'].map(
        (name) => `source.${name}`,
      ),
      ...['id', 'name', 'issuer', 'groups', 'impersonator', 'agent'].map((name) => `user.${name}`),
    ],
  },
  {
    title: 'Whom',
    fields: [
      ...['workload', 'namespace', 'service', 'identity', 'verified', 'address', 'port'].map(
        (name) => `destination.${name}`,
      ),
      'upstream.cluster',
      'upstream.host',
    ],
  },
  {
    title: 'Request',
    fields: [
      ...['method', 'host', 'path', 'query', 'status', 'protocol', 'route'].map((name) => `http.${name}`),
      ...['service', 'method', 'status'].map((name) => `grpc.${name}`),
      'bytes.in',
      'bytes.out',
      'duration',
      'request.id',
      'trace.id',
      'span.id',
    ],
  },
  {
    title: 'Decision',
    fields: [
      ...['name', 'kind', 'rule', 'action'].map((name) => `policy.${name}`),
      ...['policy', 'rule', 'action'].map((name) => `shadow.${name}`),
      'audit.marked',
    ],
  },
  {
    title: 'Transport',
    fields: [
      ...[
        'version',
        'cipher',
        'sni',
        'alpn',
        'peer_san',
        'peer_subject',
        'peer_issuer',
        'peer_fingerprint',
        'failure',
      ].map((name) => `tls.${name}`),
      'connection.id',
    ],
  },
  {
    title: 'Change',
    fields: [
      'change.verb',
      ...['group', 'kind', 'namespace', 'name', 'uid', 'revision'].map((name) => `object.${name}`),
      'change.summary',
      'change.ticket',
      'change.diff',
      'action',
    ],
  },
  {
    title: 'Where seen',
    fields: ['mesh', 'cluster', 'observer.name', 'observer.side', 'proxy.flags', 'ledger', 'leafIndex'],
  },
  {
    title: 'Source',
    fields: ['producer.id', 'producer.sequence', 'masked', 'v'],
  },
];

export const ALL_FIELDS: readonly string[] = FIELD_GROUPS.flatMap((group) => group.fields);

/** What a row of the list is made of. The rest is read when an event is opened: a wide answer costs far more. */
export const ROW_FIELDS: readonly string[] = [
  ...['time', 'received', 'kind', 'outcome', 'reason', 'detail', 'ledger', 'action', 'producer.id'],
  ...['workload', 'identity', 'address', 'peer_address'].map((name) => `source.${name}`),
  ...['workload', 'identity', 'service', 'address', 'port'].map((name) => `destination.${name}`),
  ...['user.id', 'user.name', 'upstream.cluster', 'upstream.host', 'tls.sni', 'tls.failure'],
  ...['http.method', 'http.host', 'http.path', 'http.status', 'grpc.service', 'grpc.method', 'grpc.status'],
  ...['policy.name', 'policy.rule', 'policy.action', 'shadow.policy', 'shadow.action'],
  ...['object.kind', 'object.namespace', 'object.name', 'change.verb', 'change.summary'],
];

/** Shown in a view of its own instead of among the fields. */
export const APART = new Set(['raw']);

/** The fields of the facet column, in the order in which a person asks: who, whom, what, decision, transport. */
export const FACET_GROUPS: readonly { readonly title: string; readonly fields: readonly string[] }[] = [
  { title: 'What', fields: ['outcome', 'kind', 'reason'] },
  { title: 'Who', fields: ['source.identity', 'source.namespace', 'source.workload', 'source.address', 'user.id'] },
  { title: 'Whom', fields: ['destination.service', 'destination.namespace', 'destination.workload'] },
  { title: 'Request', fields: ['http.status', 'http.method', 'http.path', 'http.host', 'grpc.method'] },
  { title: 'Decision', fields: ['policy.name', 'policy.action', 'shadow.policy', 'shadow.action'] },
  { title: 'Transport', fields: ['source.verified', 'tls.version', 'tls.failure'] },
  { title: 'Change', fields: ['object.kind', 'object.name', 'change.verb'] },
  { title: 'Where seen', fields: ['mesh', 'cluster', 'observer.name', 'observer.side', 'ledger'] },
];

/** Counted at once; the others when somebody opens them. */
export const OPEN_FACETS: ReadonlySet<string> = new Set([
  ...['outcome', 'kind', 'reason', 'source.identity', 'destination.service', 'http.status', 'policy.name'],
]);

export const FACETS: readonly string[] = FACET_GROUPS.flatMap(({ fields }) => fields);

/** Groups of the fields that an event has, with whatever no group knows at the end. */
export function groupsOf(names: readonly string[]): { title: string; fields: string[] }[] {
  const present = new Set(names.filter((name) => !APART.has(name)));
  const groups = FIELD_GROUPS.map(({ title, fields }) => ({
    title,
    fields: fields.filter((field) => present.delete(field)),
  }));
  groups.push({ title: 'Other', fields: [...present].sort() });
  return groups.filter((group) => group.fields.length > 0);
}
