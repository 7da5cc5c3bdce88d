import { Fragment, useState } from 'react';
import { visible } from '../../parts/Value';
import { changedPart, type DiffRow, diff, sections } from './diff';

const CONTEXT = 4;

/** Two texts side by side. Colour, a sign and the side say what was taken out and what was put in. */
export function DiffTable({ before, after }: { before: readonly string[]; after: readonly string[] }) {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const rows = sections(diff(before, after), CONTEXT);
  return (
    <table className="diff">
      <caption className="offscreen">The object before the change on the left, after it on the right</caption>
      <colgroup>
        {['before', 'after'].map((side) => (
          <Fragment key={side}>
            <col className="diff-line" />
            <col className="diff-sign" />
            <col />
          </Fragment>
        ))}
      </colgroup>
      <tbody>
        {rows.map((row, i) => {
          if (!('hidden' in row)) return <Row key={keyOf(row)} row={row} />;
          if (opened.has(i)) return row.hidden.map((one) => <Row key={keyOf(one)} row={one} />);
          return (
            <tr key={`hidden ${keyOf(row.hidden[0] as DiffRow)}`} className="diff-hidden">
              <td colSpan={6}>
                <button type="button" onClick={() => setOpened(new Set([...opened, i]))}>
                  … {row.hidden.length} lines are the same; show them
                </button>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const keyOf = ({ left, right }: DiffRow): string => `${left?.line ?? '-'} ${right?.line ?? '-'}`;

function Row({ row: { left, right, equal } }: { row: DiffRow }) {
  const both = !equal && left !== undefined && right !== undefined;
  const part = both ? changedPart(left.text, right.text) : undefined;
  return (
    <tr data-equal={equal || undefined}>
      <Side line={left} sign="−" kind="out" changed={!equal} part={part && [part.from, part.left]} />
      <Side line={right} sign="+" kind="in" changed={!equal} part={part && [part.from, part.right]} />
    </tr>
  );
}

interface SideProps {
  readonly line: DiffRow['left'];
  readonly sign: string;
  readonly kind: 'out' | 'in';
  readonly changed: boolean;
  readonly part: readonly [number, number] | undefined;
}

function Side({ line, sign, kind, changed, part }: SideProps) {
  if (line === undefined) return <td colSpan={3} className="diff-none" />;
  const mark = changed ? kind : undefined;
  const [from, to] = part ?? [0, 0];
  return (
    <>
      <td className="diff-line" data-mark={mark}>
        {line.line}
      </td>
      <td className="diff-sign" data-mark={mark}>
        {changed && sign}
      </td>
      <td className="diff-text" data-mark={mark}>
        {part === undefined ? (
          visible(line.text)
        ) : (
          <>
            {visible(line.text.slice(0, from))}
            <mark>{visible(line.text.slice(from, to))}</mark>
            {visible(line.text.slice(to))}
          </>
        )}
      </td>
    </>
  );
}
