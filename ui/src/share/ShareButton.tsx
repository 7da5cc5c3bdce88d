import { IconCheck, IconShare3 } from '@tabler/icons-react';
import { useState } from 'react';
import { copy } from '../parts/CopyButton';
import { type View, write } from '../state/view';
import { frozen } from '../time/range';

/** The address of what is seen now, with its range made absolute: it shows the same tomorrow. */
export const sharedLink = (view: View): string =>
  window.location.origin + write({ ...view, range: frozen(view.range), live: false });

export function ShareButton({ view }: { view: View }) {
  const [copied, setCopied] = useState(false);
  return (
    <button
      type="button"
      className="chip"
      aria-label={copied ? 'Link copied' : 'Share'}
      title="Copy a link that keeps this moment"
      onClick={async () => {
        await copy(sharedLink(view));
        setCopied(true);
        setTimeout(() => setCopied(false), 1500);
      }}
    >
      {copied ? <IconCheck size={14} aria-hidden="true" /> : <IconShare3 size={14} aria-hidden="true" />}
      <span role="status">{copied ? 'Link copied' : 'Share'}</span>
    </button>
  );
}
