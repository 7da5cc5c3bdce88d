/** What an attacker would send to hurt who reads about it. */
export const HOSTILE_PATH = '/<img src=x onerror=alert(1)>/\u202egnp.exe';

const BIG = 1_000_000;

export async function sendHostile(ingest: string): Promise<boolean> {
  const lines = [
    { path: HOSTILE_PATH, user_agent: '"><script>alert(1)</script>' },
    { path: `/long/${'a'.repeat(BIG)}`, user_agent: 'long' },
    { path: '/null/\u0000/\u0007/\u2066', user_agent: '\u202e\u2066 reversed' },
    { path: '/{{constructor.constructor("alert(1)")()}}/', user_agent: "'; DROP TABLE events; --" },
  ].map(({ path, user_agent }, i) =>
    JSON.stringify({
      start_time: new Date(Date.now() - i * 1000).toISOString(),
      method: 'GET',
      path,
      user_agent,
      protocol: 'HTTP/1.1',
      response_code: 403,
      response_flags: '-',
      response_code_details: 'rbac_access_denied_matched_policy[none]',
      authority: 'hostile.shop',
      duration: 1,
      bytes_received: 0,
      bytes_sent: 19,
      request_id: crypto.randomUUID(),
    }),
  );
  const answer = await fetch(`${ingest}/ingest/lines/istio-json?workload=hostile&namespace=shop`, {
    method: 'POST',
    body: lines.join('\n'),
  });
  return answer.ok;
}
