import type { Schemas } from '../../event/event';
import { visible } from '../../parts/Value';
import { useZone } from '../../state/zone';
import { ago, count, dateTime } from '../../time/format';

/** Places outside that take checkpoints of `root`: what a rolled back server could not take back. */
export function Anchors({ anchors, now }: { anchors: readonly Schemas['Anchor'][]; now: number }) {
  const [zone] = useZone();
  return (
    <section aria-label="Anchors">
      <h2>Anchors</h2>
      {anchors.length === 0 && (
        <p className="top-none">
          None. <code>anchors</code> in the configuration sends checkpoints of root to a Git repository, a time-stamp
          authority, a bucket with Object Lock, or a webhook.
        </p>
      )}
      {anchors.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th>Name</th>
              <th>Kind</th>
              <th className="num">Size of root</th>
              <th>Last</th>
              <th className="num">Failures</th>
              <th>Where, or what is wrong</th>
            </tr>
          </thead>
          <tbody>
            {anchors.map((anchor) => (
              <tr key={anchor.name}>
                <td>
                  <b>{visible(anchor.name)}</b>
                </td>
                <td>{visible(anchor.kind)}</td>
                <td className="num">{anchor.size === undefined ? '–' : count(anchor.size)}</td>
                <td title={anchor.time && dateTime(anchor.time, zone)}>
                  {anchor.time === undefined ? 'never' : ago(anchor.time, now)}
                </td>
                <td className="num" data-lag={anchor.failures > 0 || undefined}>
                  {count(anchor.failures)}
                </td>
                <td className="ledger-words" data-lag={anchor.trouble !== undefined || undefined}>
                  {visible(anchor.trouble ?? anchor.locator ?? '')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
