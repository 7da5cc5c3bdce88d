import { useState } from 'react';
import { CopyButton } from '../parts/CopyButton';
import { isAddress, snippets } from './snippets';

const INGEST_PORT = 4317;

/** An empty server: how each mesh is connected, with this host filled in. The page fills itself when the first event comes. */
export function FirstVisit() {
  const [address, setAddress] = useState(`${window.location.hostname}:${INGEST_PORT}`);
  const [chosen, setChosen] = useState(0);
  const good = isAddress(address);
  const all = snippets(good ? address : `127.0.0.1:${INGEST_PORT}`);
  const snippet = all[chosen];
  return (
    <div className="empty first-visit">
      <h2>No event has arrived yet</h2>
      <p>
        This page fills itself as soon as something reports. Choose what you run; the snippets hold the address of this
        server's ingest listener:
      </p>
      <label className="first-visit-address">
        Ingest address
        <input value={address} aria-invalid={!good} onChange={(event) => setAddress(event.target.value.trim())} />
      </label>
      <div role="tablist" className="first-visit-tabs">
        {all.map(({ name }, i) => (
          <button
            type="button"
            role="tab"
            key={name}
            className="tab"
            aria-selected={i === chosen}
            onClick={() => setChosen(i)}
          >
            {name}
          </button>
        ))}
      </div>
      {snippet !== undefined && (
        <div role="tabpanel" aria-label={snippet.name}>
          <p>{snippet.lead}</p>
          {snippet.steps.map(({ title, code }) => (
            <section key={title}>
              <h3>{title}</h3>
              <div className="snippet">
                <code>{code}</code>
                <CopyButton text={code} label={`Copy: ${title}`} />
              </div>
            </section>
          ))}
        </div>
      )}
    </div>
  );
}
