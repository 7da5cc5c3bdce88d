import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Schemas } from '../../event/event';
import { shortIdentity } from '../../event/sentence';
import { AnswerNotes } from '../../parts/AnswerNotes';
import { Segmented } from '../../parts/Segmented';
import { visible } from '../../parts/Value';
import { also } from '../../query/edit';
import { count } from '../../time/format';
import type { Range } from '../../time/range';
import { useEffectOf } from './usePolicies';

type Effect = Schemas['PolicyEffect'];
type Caller = Effect['callers'][number];

const WORDS: Readonly<Record<Caller['verdict'], string>> = {
  newly_denied: 'newly denied',
  newly_allowed: 'newly allowed',
  still_denied: 'still denied',
  quiet: 'denied, then quiet',
  unchanged: 'unchanged',
};

const WINDOWS = ['1m', '10m', '1h', '1d'] as const;
const LONG_MILLIS = [60_000, 600_000, 3_600_000, 86_400_000] as const;
export type Window = (typeof WINDOWS)[number];

export const windowOf = (text: string | undefined): Window => WINDOWS.find((known) => known === text) ?? '10m';

interface Props {
  readonly address: string;
  readonly window: Window;
  readonly setWindow: (window: Window) => void;
  readonly events: (q: string, range: Range) => void;
}

/** Whose calls a change touched: how each caller's calls ended before it and after it. */
export function EffectTable({ address, window, setWindow, events }: Props) {
  const { data, error, isPending } = useEffectOf(address, window);
  const [all, setAll] = useState(false);
  const touched = data?.callers.filter(({ verdict }) => verdict !== 'unchanged') ?? [];
  const rows = all ? (data?.callers ?? []) : touched;
  const unchanged = (data?.callers.length ?? 0) - touched.length;
  return (
    <section className="effect" aria-label="Effect on traffic">
      <header>
        <h3>Traffic that it touched</h3>
        <Segmented
          label="How long before and after"
          value={window}
          options={WINDOWS.map((value) => ({ value, label: `± ${value}` }))}
          choose={setWindow}
        />
      </header>
      <AnswerNotes error={error} answers={[data]} kept={data !== undefined} />
      {isPending && error === null && <div className="skeleton effect-skeleton" role="status" aria-label="Counting" />}
      {data !== undefined && (
        <>
          <p className="effect-scope">
            {summary(data.callers)} Counted: <code title={data.scope.basis}>{visible(data.scope.query)}</code>, by{' '}
            {visible(data.scope.basis)}.{data.scope.uncertainty !== undefined && ` ${visible(data.scope.uncertainty)}.`}
            {isYoung(data, window) && ' The time after the change is not over yet: what follows may still change this.'}
          </p>
          {rows.length > 0 && (
            <table className="table effect-table">
              <thead>
                <tr>
                  <th rowSpan={2}>Caller → called</th>
                  <th rowSpan={2}>Effect</th>
                  <th colSpan={3}>Before</th>
                  <th colSpan={3}>After</th>
                </tr>
                <tr>
                  {['before', 'after'].flatMap((when) =>
                    ['allowed', 'denied', 'failed'].map((outcome) => (
                      <th key={`${when} ${outcome}`} className="num">
                        {outcome}
                      </th>
                    )),
                  )}
                </tr>
              </thead>
              <tbody>
                {rows.map((caller) => (
                  <tr key={`${caller.source} ${caller.destination}`}>
                    <td title={`${visible(caller.source)} → ${visible(caller.destination)}`}>
                      <bdi>{visible(shortIdentity(caller.source) ?? '')}</bdi> →{' '}
                      <bdi>{visible(shortIdentity(caller.destination) ?? '')}</bdi>
                    </td>
                    <td>
                      <span className={`effect-word effect-${caller.verdict}`}>{WORDS[caller.verdict]}</span>
                    </td>
                    <Figures counts={caller.before} />
                    <Figures counts={caller.after} />
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <div className="panel-actions">
            <Button
              size="xs"
              variant="default"
              onClick={() => events(also(data.scope.query, 'outcome:denied'), { from: data.time, to: data.to })}
            >
              Denials after it
            </Button>
            <Button
              size="xs"
              variant="default"
              onClick={() => events(data.scope.query, { from: data.from, to: data.to })}
            >
              All calls around it
            </Button>
            {unchanged > 0 && (
              <button type="button" className="link" onClick={() => setAll(!all)}>
                {all ? 'only those that it touched' : `${count(unchanged)} unchanged too`}
              </button>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function Figures({ counts }: { counts: Schemas['Counts'] }) {
  return (['allowed', 'denied', 'failed'] as const).map((outcome) => (
    <td key={outcome} className={`num num-${outcome}`} data-none={counts[outcome] === 0 || undefined}>
      {count(counts[outcome])}
    </td>
  ));
}

function summary(callers: readonly Caller[]): string {
  if (callers.length === 0) return 'No call to what it applies to, neither before nor after.';
  const parts = (['newly_denied', 'newly_allowed', 'still_denied'] as const)
    .map((verdict) => [callers.filter((caller) => caller.verdict === verdict).length, WORDS[verdict]] as const)
    .filter(([n]) => n > 0)
    .map(([n, words]) => `${n} ${n === 1 ? 'caller' : 'callers'} ${words}`);
  return parts.length === 0 ? 'Nobody was denied or allowed anew.' : `${parts.join(', ')}.`;
}

const isYoung = (effect: Effect, window: Window): boolean =>
  Date.now() - Date.parse(effect.time) < (LONG_MILLIS[WINDOWS.indexOf(window)] ?? 0);
