import type { Schemas } from '../../event/event';
import { AnswerNotes } from '../../parts/AnswerNotes';
import { CopyButton } from '../../parts/CopyButton';
import { Unknown, visible } from '../../parts/Value';
import { useZone } from '../../state/zone';
import { count, dateTime } from '../../time/format';
import { yaml } from './yaml';

type Policy = Schemas['Policies']['policies'][number];

interface Props {
  readonly answer: Schemas['Policies'] | undefined;
  readonly error: Error | null;
  readonly picked: string | undefined;
  readonly pick: (address: string) => void;
  readonly find: string;
}

/** The policies as they stood at a moment, each with who made it so. */
export function InForceList({ answer, error, picked, pick, find }: Props) {
  const [zone] = useZone();
  const wanted = find.toLowerCase();
  const policies = (answer?.policies ?? []).filter((policy) =>
    [nameOf(policy), policy['object.kind'], policy['user.id'] ?? ''].some((words) =>
      words.toLowerCase().includes(wanted),
    ),
  );
  return (
    <>
      <AnswerNotes error={error} answers={[answer]} />
      {answer !== undefined && (
        <p className="policies-count">
          {count(policies.length)} in force at {dateTime(answer.at, zone).slice(0, 19)}. What was never changed while
          Meshtrail listened is not known.
        </p>
      )}
      <ol className="changes">
        {policies.map((policy) => (
          <li key={`${policy.cluster} ${policy['object.kind']} ${nameOf(policy)}`}>
            <button type="button" aria-pressed={policy.address === picked} onClick={() => pick(policy.address)}>
              <b>
                <bdi>{visible(nameOf(policy))}</bdi>
              </b>
              <span>{visible(policy['object.kind'])}</span>
              <i>
                by {visible(policy['user.id'] ?? 'unknown')} since {dateTime(policy.time, zone).slice(0, 19)}
                {policy.cluster !== undefined && ` · ${visible(policy.cluster)}`}
              </i>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

const nameOf = (policy: Policy): string =>
  [policy['object.namespace'], policy['object.name']].filter(Boolean).join('/');

/** One policy as it was then. */
export function PolicyText({ policy, openChange }: { policy: Policy; openChange: (address: string) => void }) {
  const [zone] = useZone();
  const lines = policy.object === undefined ? undefined : yaml(policy.object);
  return (
    <article className="change" aria-label={nameOf(policy)}>
      <header className="change-head">
        <h2>
          <bdi>{visible(nameOf(policy))}</bdi>
        </h2>
        <span className="grow" />
        <button type="button" className="link" onClick={() => openChange(policy.address)}>
          the change that made it so
        </button>
        {lines !== undefined && <CopyButton text={`${lines.join('\n')}\n`} label="Copy as YAML" />}
      </header>
      <dl className="facts change-facts">
        <dt>Kind</dt>
        <dd>{visible(policy['object.kind'])}</dd>
        <dt>Revision</dt>
        <dd>{policy['object.revision'] === undefined ? <Unknown /> : visible(policy['object.revision'])}</dd>
        <dt>By</dt>
        <dd>{policy['user.id'] === undefined ? <Unknown /> : visible(policy['user.id'])}</dd>
        <dt>Since</dt>
        <dd>{dateTime(policy.time, zone)}</dd>
        <dt>Cluster</dt>
        <dd>{policy.cluster === undefined ? <Unknown /> : visible(policy.cluster)}</dd>
      </dl>
      {policy.uncertainty !== undefined && <p className="change-none">{visible(policy.uncertainty)}</p>}
      {lines === undefined ? (
        <p className="change-none">The object itself was not seen: only that it changed.</p>
      ) : (
        <pre className="policy-text">{lines.map(visible).join('\n')}</pre>
      )}
    </article>
  );
}
