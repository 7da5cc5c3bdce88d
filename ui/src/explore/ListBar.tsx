import { IconFold, IconListSearch, IconShieldCheck } from '@tabler/icons-react';
import { ExportMenu } from '../share/ExportMenu';
import { SavedViews } from '../share/SavedViews';
import { ShareButton } from '../share/ShareButton';
import type { Look } from '../state/look';
import type { Navigate, View } from '../state/view';
import { count } from '../time/format';
import { ColumnChooser } from './list/ColumnChooser';

interface Props {
  readonly view: View;
  readonly navigate: Navigate;
  readonly change: (change: Partial<Look>) => void;
  readonly loaded: number;
  readonly shown: number;
  readonly fields: readonly string[];
  readonly find: () => void;
  readonly verifyScreen: () => void;
}

/** Over the rows: how they are shown, and what can be taken away from here. */
export function ListBar({ view, navigate, change, loaded, shown, fields, find, verifyScreen }: Props) {
  const { look } = view;
  return (
    <div className="list-bar">
      <span className="list-loaded">
        {count(shown)} rows{shown < loaded ? ` for ${count(loaded)} events` : ''} loaded
      </span>
      <span className="grow" />
      <button
        type="button"
        className="chip"
        title="Check the proofs of all rows on the screen (V)"
        onClick={verifyScreen}
      >
        <IconShieldCheck size={14} aria-hidden="true" /> Verify rows
      </button>
      <button
        type="button"
        className="chip"
        title="Repetitions as one row (f)"
        aria-pressed={look.fold}
        onClick={() => change({ fold: !look.fold })}
      >
        <IconFold size={14} aria-hidden="true" /> Fold
      </button>
      <ColumnChooser look={look} change={change} />
      <button type="button" className="chip" title="Find in the loaded rows (Ctrl+F)" onClick={find}>
        <IconListSearch size={14} aria-hidden="true" /> Find
      </button>
      <span className="list-bar-gap" />
      <SavedViews view={view} navigate={navigate} />
      <ShareButton view={view} />
      <ExportMenu view={view} columns={fields} />
    </div>
  );
}
