import { VERDICTS } from './strands';

/** What the lines mean. */
export function Legend() {
  return (
    <section className="top legend-list" aria-label="Legend">
      <h3>Legend</h3>
      <ul>
        {VERDICTS.map(({ name, words }) => (
          <li key={name}>
            <svg viewBox="0 0 44 8" aria-hidden="true">
              <path className={`strand strand-${name}`} d="M1 4 H43" strokeWidth={name === 'would' ? 1.4 : 3} />
            </svg>
            {words}
          </li>
        ))}
        <li className="legend-note">A line is as wide as its calls are many, by powers of ten.</li>
        <li className="legend-note">
          Arrow keys go along the calls, Enter selects, double-click or Shift+Enter opens a namespace.
        </li>
      </ul>
    </section>
  );
}
