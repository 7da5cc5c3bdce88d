import { Button } from '@mantine/core';
import { useRecorded } from '../api/queries';
import type { Navigate, View } from '../state/view';
import { FirstVisit } from './FirstVisit';

/** Nothing to show: because nothing is there yet, or because nothing matches. Both say what to do. */
export function Empty({ view, navigate }: { view: View; navigate: Navigate }) {
  const recorded = useRecorded();
  if (recorded === 0 && view.q === '') return <FirstVisit />;
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
        <Button size="xs" variant="light" onClick={() => navigate({ doc: 'query-language' })}>
          How queries are written
        </Button>
      </div>
    </div>
  );
}
