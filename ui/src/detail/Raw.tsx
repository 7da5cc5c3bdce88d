import { type EventDetail, text } from '../event/event';
import { CopyButton } from '../parts/CopyButton';
import { Value } from '../parts/Value';
import { fromBase64, hex, leafHash } from '../proof/bytes';
import { HexDump } from './HexDump';

/** The exact entry bytes as text, and the input they were made from. */
export function Raw({ detail }: { detail: EventDetail }) {
  const bytes = fromBase64(detail.entry);
  const entry = bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  const raw = text(detail.event, 'raw');
  return (
    <div className="raw">
      <h3>
        Entry bytes, exactly as hashed {bytes !== undefined && <i>{bytes.length} bytes of RFC 8785 JSON</i>}
        {entry !== undefined && <CopyButton text={entry} label="Copy the entry" />}
      </h3>
      {bytes !== undefined && (
        <p className="raw-hash">
          leaf hash <code>{hex(leafHash(bytes))}</code>
          <CopyButton text={hex(leafHash(bytes))} label="Copy the leaf hash" />
        </p>
      )}
      <pre>{entry === undefined ? 'The server sent an entry that is not base64.' : <Value text={entry} />}</pre>
      {bytes !== undefined && (
        <details>
          <summary>The same bytes in hexadecimal</summary>
          <HexDump bytes={bytes} />
        </details>
      )}
      <h3>The fields as JSON {entry !== undefined && <CopyButton text={indented(entry)} label="Copy the JSON" />}</h3>
      {entry !== undefined && (
        <pre>
          <Value text={indented(entry)} />
        </pre>
      )}
      <h3>
        The input as it came <i>secrets masked before it was stored</i>
        {raw !== undefined && <CopyButton text={raw} label="Copy the input" />}
      </h3>
      <pre>
        {raw === undefined ? <span className="unknown">not kept for this event</span> : <Value text={indented(raw)} />}
      </pre>
    </div>
  );
}

function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
