import { Button } from '@mantine/core';
import { useLedgers } from '../api/queries';
import { CopyButton } from '../parts/CopyButton';
import type { Navigate, View } from '../state/view';

const CURL = `curl -sS http://127.0.0.1:4317/ingest/lines/istio-json --data-binary '{"start_time":"${new Date().toISOString()}","method":"GET","path":"/admin/refunds","protocol":"HTTP/1.1","response_code":403,"response_flags":"-","response_code_details":"rbac_access_denied_matched_policy[none]","authority":"orders.shop","duration":1,"bytes_received":0,"bytes_sent":19}'`;

/** Nothing to show: because nothing is there yet, or because nothing matches. Both say what to do. */
export function Empty({ view, navigate }: { view: View; navigate: Navigate }) {
  const ledgers = useLedgers();
  const recorded = ledgers.data?.ledgers
    .filter((ledger) => ledger.name !== 'root')
    .reduce((n, l) => n + (l.sequenced ?? l.size), 0);
  if (recorded === 0) {
    return (
      <div className="empty">
        <h2>No event has arrived yet</h2>
        <p>Send one to the ingest listener. It is on this page within a second, and provable within the next.</p>
        <div className="snippet">
          <code>{CURL}</code>
          <CopyButton text={CURL} label="Copy" />
        </div>
        <p>
          Or start the demo mesh with <code>bin/demo</code>: real proxies, real denials.
        </p>
      </div>
    );
  }
  return (
    <div className="empty">
      <h2>No event matches</h2>
      <p>
        {view.q === '' ? 'Nothing happened in this time range.' : 'Nothing in this time range fits the query.'} Search
        always reads the whole range, not only what was loaded.
      </p>
      <div className="empty-actions">
        <Button size="xs" variant="light" onClick={() => navigate({ range: { from: undefined, to: undefined } })}>
          Search all time
        </Button>
        {view.q !== '' && (
          <Button size="xs" variant="light" onClick={() => navigate({ q: '' })}>
            Clear the query
          </Button>
        )}
      </div>
    </div>
  );
}
