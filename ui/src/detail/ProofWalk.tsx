import { type Bytes, hex } from '../proof/bytes';
import type { Step } from '../proof/merkle';

const LEVEL = 34;
const MIDDLE = 190;
const SIDE = 104;
const TOP = 14;

/** The way from the leaf up to the root, drawn: at each level the sibling, its side, and what both hash to. */
export function ProofWalk({
  leaf,
  leafIndex,
  steps,
  root,
  ok,
}: {
  leaf: Bytes;
  leafIndex: number;
  steps: readonly Step[];
  root: Bytes;
  ok: boolean;
}) {
  const height = TOP + (steps.length + 1) * LEVEL + 8;
  const levelY = (level: number) => height - 22 - level * LEVEL;
  return (
    <svg
      className="walk"
      viewBox={`0 0 380 ${height}`}
      role="img"
      aria-label={`${steps.length} hashes from the leaf to the root`}
    >
      {steps.map((step, i) => {
        const from = levelY(i);
        const to = levelY(i + 1);
        const x = step.side === 'left' ? MIDDLE - SIDE - 22 : MIDDLE + SIDE + 22;
        return (
          <g key={hex(step.result)}>
            <path className="walk-line walk-own" d={`M${MIDDLE} ${from} V${to}`} />
            <path className="walk-line" d={`M${x} ${from} V${(from + to) / 2} H${MIDDLE}`} />
            <Node x={x} y={from} hash={step.sibling} kind="sibling" />
          </g>
        );
      })}
      <Node x={MIDDLE} y={levelY(0)} hash={leaf} kind="leaf" label={`leaf ${leafIndex}`} />
      {steps.map((step, i) => {
        const last = i === steps.length - 1;
        const kind = last ? (ok ? 'root' : 'wrong') : 'own';
        return (
          <Node
            key={hex(step.result)}
            x={MIDDLE}
            y={levelY(i + 1)}
            hash={step.result}
            kind={kind}
            label={last ? (ok ? 'root' : 'not the root') : ''}
          />
        );
      })}
      {!ok && (
        <text className="walk-text walk-bad" x={MIDDLE} y={11} textAnchor="middle">
          the signed root is {hex(root).slice(0, 8)}…
        </text>
      )}
    </svg>
  );
}

function Node({ x, y, hash, kind, label = '' }: { x: number; y: number; hash: Bytes; kind: string; label?: string }) {
  return (
    <g className={`walk-node walk-${kind}`}>
      <title>{hex(hash)}</title>
      <rect x={x - 40} y={y - 10} width="80" height="20" rx="4" />
      <text className="walk-text" x={x} y={y + 3.5} textAnchor="middle">
        {hex(hash).slice(0, 8)}…
      </text>
      {label !== '' && (
        <text className="walk-text walk-label" x={x + 48} y={y + 3.5}>
          {label}
        </text>
      )}
    </g>
  );
}
