import { IconAlertTriangle, IconClockExclamation } from '@tabler/icons-react';
import { outcomeOf, text } from '../../event/event';
import { explain } from '../../event/reasons';
import { what } from '../../event/sentence';
import { OutcomeWord } from '../../parts/OutcomeMark';
import { Unknown, visible } from '../../parts/Value';
import { nanoseconds } from '../../time/format';
import { type Hop, type Report, reportsOf, skewOf, type TraceStory } from './hops';

interface Props {
  readonly story: TraceStory;
  readonly chosen: string | undefined;
  readonly open: (address: string) => void;
}

const TICKS = [0, 0.25, 0.5, 0.75, 1];

/** The calls of a trace one below the other, each with the reports of its two sides against one clock. */
export function Waterfall({ story, chosen, open }: Props) {
  return (
    <div className="waterfall">
      <div className="fall-row fall-head" aria-hidden="true">
        <span>Call, and who reported it</span>
        <span className="fall-ticks">
          {TICKS.map((share) => (
            <i key={share} style={{ left: `${share * 100}%` }}>
              {share === 0 ? '0' : nanoseconds(Math.round(story.nanos * share))}
            </i>
          ))}
        </span>
        <span>Decision</span>
      </div>
      <ol aria-label="Calls in the order of their causes">
        {story.hops.map((hop) => (
          <li key={hop.id} className="hop">
            <HopHead hop={hop} />
            {hop.gateway !== undefined && (
              <ReportRow
                side="gateway"
                report={hop.gateway}
                story={story}
                chosen={chosen}
                open={open}
                depth={hop.depth}
              />
            )}
            {(['client', 'server'] as const).map((side) => {
              const report = hop[side];
              const missing = hop.missing[side];
              if (report !== undefined) {
                return (
                  <ReportRow
                    key={side}
                    side={side}
                    report={report}
                    story={story}
                    chosen={chosen}
                    open={open}
                    depth={hop.depth}
                  />
                );
              }
              return missing === undefined ? null : (
                <MissingRow key={side} side={side} hop={hop} words={missing} story={story} />
              );
            })}
          </li>
        ))}
        {story.others.length > 0 && (
          <li className="hop">
            <p className="hop-head">Other events with this id</p>
            {story.others.map((report) => (
              <ReportRow
                key={report.element.address}
                side={text(report.element.event, 'kind') ?? 'event'}
                report={report}
                story={story}
                chosen={chosen}
                open={open}
                depth={0}
              />
            ))}
          </li>
        )}
      </ol>
    </div>
  );
}

/** Deep chains must not push their names out of sight. */
const indent = (depth: number): string => `${Math.min(depth, 8) * 16}px`;

function HopHead({ hop }: { hop: Hop }) {
  const [first] = reportsOf(hop);
  const asked = first === undefined ? undefined : what(first.element.event);
  const skew = skewOf(hop);
  const differs = skew !== undefined && Math.abs(skew.nanos) > skew.within;
  return (
    <p className="hop-head" style={{ paddingLeft: indent(hop.depth) }}>
      <b>
        <bdi>{visible(hop.source)}</bdi> <i>→</i> <bdi>{visible(hop.destination)}</bdi>
      </b>
      {asked !== undefined && <code title={visible(asked).slice(0, 500)}>{visible(asked.slice(0, 120))}</code>}
      {skew !== undefined && (
        <span
          className="hop-skew"
          data-differs={differs || undefined}
          title="From the two reports of this call, as NTP does: the called side must have worked while the caller waited."
        >
          <IconClockExclamation size={13} aria-hidden="true" />
          {differs
            ? `the called side's clock is about ${nanoseconds(Math.abs(Math.round(skew.nanos)))} ${skew.nanos > 0 ? 'ahead' : 'behind'} (± ${nanoseconds(Math.round(skew.within))})`
            : `clocks agree within ${nanoseconds(Math.round(skew.within + Math.abs(skew.nanos)))}`}
        </span>
      )}
    </p>
  );
}

interface RowProps extends Props {
  readonly side: string;
  readonly report: Report;
  readonly depth: number;
}

const SIDES: Readonly<Record<string, string>> = { client: "caller's side", server: 'called side', gateway: 'gateway' };

function ReportRow({ side, report, story, chosen, open, depth }: RowProps) {
  const { event, address } = report.element;
  const outcome = outcomeOf(event);
  const left = (100 * report.from) / story.nanos;
  const width = (100 * (report.to - report.from)) / story.nanos;
  const duration = text(event, 'duration');
  const words = duration === undefined ? 'duration unknown' : nanoseconds(Number(duration));
  return (
    <button
      type="button"
      className="fall-row fall-report"
      aria-pressed={address === chosen}
      onClick={() => open(address)}
    >
      <span className="fall-name" style={{ paddingLeft: `calc(${indent(depth)} + 14px)` }}>
        <i>{SIDES[side] ?? side}</i>
        <bdi>{visible(text(event, 'observer.name') ?? '') || <Unknown why="Who reported it is not told" />}</bdi>
        <em>{visible(text(event, 'cluster') ?? 'cluster unknown')}</em>
      </span>
      <span className="fall-lane">
        <svg className={`fall-bar fall-${side} bar-${outcome}`} aria-hidden="true" width="100%" height="14">
          <rect x={`${left}%`} y="1" width={`${Math.max(width, 0.2)}%`} height="12" rx="2.5" />
        </svg>
        <small style={beside(left, width)}>{words}</small>
      </span>
      <span className="fall-why" title={visible(explain(event)).slice(0, 600)}>
        <OutcomeWord outcome={outcome} />
        <bdi>{decision(event)}</bdi>
      </span>
    </button>
  );
}

/** Behind the bar where there is room, else before it, else in it. */
function beside(left: number, width: number): React.CSSProperties {
  if (left + width <= 78) return { left: `${left + width + 0.6}%` };
  return { right: `${left > 16 ? 100 - left + 0.6 : 100 - left - width + 0.6}%` };
}

function decision(event: Report['element']['event']): string {
  const status = text(event, 'http.status');
  const policy = text(event, 'policy.name');
  const reason = text(event, 'reason');
  const rule = text(event, 'policy.rule');
  const by = policy === undefined ? undefined : `by ${policy}${rule === undefined ? '' : `, rule ${rule}`}`;
  const dry = text(event, 'shadow.action');
  const would = dry === undefined || dry === 'allow' ? undefined : `a dry run would ${dry.replace('_', ' ')}`;
  return visible([status, reason, by, would].filter((part) => part !== undefined).join(' · ')) || 'no policy told';
}

function MissingRow({
  side,
  hop,
  words,
  story,
}: {
  side: 'client' | 'server';
  hop: Hop;
  words: string;
  story: TraceStory;
}) {
  const [known] = reportsOf(hop);
  const left = known === undefined ? 0 : (100 * known.from) / story.nanos;
  const width = known === undefined ? 100 : (100 * (known.to - known.from)) / story.nanos;
  return (
    <div className="fall-row fall-missing">
      <span className="fall-name" style={{ paddingLeft: `calc(${indent(hop.depth)} + 14px)` }}>
        <i>{SIDES[side]}</i>
        <b>
          <IconAlertTriangle size={13} aria-hidden="true" /> no report
        </b>
      </span>
      <span className="fall-lane">
        <svg aria-hidden="true" width="100%" height="14">
          <rect x={`${left}%`} y="1.5" width={`${Math.max(width, 0.4)}%`} height="11" rx="2.5" />
        </svg>
      </span>
      <span className="fall-why" title={visible(words)}>
        {visible(words)}
      </span>
    </div>
  );
}
