/** How a mesh is made to report here, ready to paste. */
export interface Snippet {
  readonly name: string;
  readonly lead: string;
  readonly steps: readonly { readonly title: string; readonly code: string }[];
}

/** The ingest address may come from the page's own host name, so it is checked before it stands in a command. */
export const isAddress = (text: string): boolean =>
  /^[A-Za-z0-9.-]{1,253}:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/.test(text);

export function snippets(address: string, now = new Date()): readonly Snippet[] {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon);
  const port = address.slice(colon + 1);
  const http = `http://${address}`;
  return [
    {
      name: 'Try it',
      lead: 'One denied request, sent by hand. It is on this page within a second, and provable within the next.',
      steps: [
        {
          title: 'Send a test event',
          code: `curl -sS ${http}/ingest/lines/istio-json --data-binary '{"start_time":"${now.toISOString()}","method":"GET","path":"/admin/refunds","protocol":"HTTP/1.1","response_code":403,"response_flags":"-","response_code_details":"rbac_access_denied_matched_policy[none]","authority":"orders.shop","duration":1,"bytes_received":0,"bytes_sent":19}'`,
        },
        { title: 'Or watch real proxies deny and fail', code: 'bin/demo' },
      ],
    },
    {
      name: 'Istio',
      lead: 'Sidecars, gateways and waypoints stream their access logs over gRPC: identities, policies, failed handshakes.',
      steps: [
        {
          title: 'In the mesh configuration (ConfigMap istio, key mesh, or meshConfig of the operator)',
          code: `extensionProviders:
  - name: meshtrail
    envoyHttpAls:
      service: ${host}
      port: ${port}
      additionalRequestHeadersToLog: [traceparent]
      filterStateObjectsToLog: [io.istio.peer_principal, io.istio.local_principal]`,
        },
        {
          title: 'Then, for the whole mesh',
          code: `kubectl apply -f - <<'EOF'
apiVersion: telemetry.istio.io/v1
kind: Telemetry
metadata: { name: meshtrail, namespace: istio-system }
spec:
  accessLogging:
    - providers: [{ name: meshtrail }]
EOF`,
        },
      ],
    },
    {
      name: 'Linkerd',
      lead: 'The proxy writes denials to its log and requests to its access log; a collector on the node posts the lines.',
      steps: [
        {
          title: 'Switch the access log on, per namespace',
          code: 'kubectl annotate namespace shop config.linkerd.io/access-log=json --overwrite && kubectl rollout restart deploy -n shop',
        },
        {
          title: 'Send the lines of the proxies (here for one pod; use your log collector for all)',
          code: `kubectl logs -n shop deploy/web -c linkerd-proxy --since=1h | curl -sS '${http}/ingest/lines/linkerd-proxy?namespace=shop&workload=web' --data-binary @-`,
        },
      ],
    },
    {
      name: 'Consul',
      lead: "Consul's default log does not say who called; our format adds the peer's identity.",
      steps: [
        { title: 'The format, with consul-k8s', code: 'kubectl apply -f deploy/consul/proxy-defaults.yaml' },
        {
          title: 'Send the lines of the proxies (here for one pod; use your log collector for all)',
          code: `kubectl logs deploy/web -c consul-dataplane --since=1h | curl -sS '${http}/ingest/lines/consul-envoy?workload=web' --data-binary @-`,
        },
      ],
    },
    {
      name: 'Kubernetes',
      lead: 'The audit webhook of the API server tells who changed which policy. Without it a denial has no author.',
      steps: [
        {
          title: 'audit-webhook.yaml, for --audit-webhook-config-file of the API server',
          code: `apiVersion: v1
kind: Config
clusters: [{ name: meshtrail, cluster: { server: '${http}/ingest/kubernetes-audit?cluster=east' } }]
users: [{ name: none, user: {} }]
contexts: [{ name: meshtrail, context: { cluster: meshtrail, user: none } }]
current-context: meshtrail`,
        },
        {
          title: 'Flags of the API server, with an audit policy that logs writes at RequestResponse',
          code: '--audit-webhook-config-file=/etc/kubernetes/audit-webhook.yaml --audit-webhook-batch-max-wait=1s --audit-policy-file=/etc/kubernetes/audit-policy.yaml',
        },
      ],
    },
  ];
}
