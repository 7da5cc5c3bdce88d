import { lazy, Suspense, useState } from 'react';
import { Explore } from './explore/Explore';
import { Header } from './frame/Header';
import { LedgerStrip } from './frame/LedgerStrip';
import { Shortcuts } from './frame/Shortcuts';
import { useAppCommands } from './frame/useAppCommands';
import { useKeys } from './frame/useKeys';
import { goes } from './frame/views';
import { Palette } from './palette/Palette';
import { toView, useView } from './state/view';
import { toggleZone } from './state/zone';

const MapView = lazy(() => import('./views/map/MapView'));
const Trace = lazy(() => import('./views/trace/Trace'));
const Policies = lazy(() => import('./views/policies/Policies'));
const Ledgers = lazy(() => import('./views/ledgers/Ledgers'));
const Sources = lazy(() => import('./views/sources/Sources'));
const Reference = lazy(() => import('./reference/Reference'));

export function App() {
  const [view, navigate] = useView();
  const [help, setHelp] = useState(false);
  const [palette, setPalette] = useState(false);
  useKeys({ ...goes(navigate), '?': () => setHelp(true), u: toggleZone, 'mod+k': () => setPalette(!palette) });
  useAppCommands(navigate, setHelp);
  return (
    <div className="frame">
      <Header
        view={view.view}
        navigate={navigate}
        openHelp={() => setHelp(true)}
        openPalette={() => setPalette(true)}
      />
      <main className="frame-main">
        {view.view === 'events' && <Explore view={view} navigate={navigate} />}
        <Suspense>
          {view.view === 'map' && <MapView view={view} navigate={navigate} />}
          {view.view === 'trace' && <Trace view={view} navigate={navigate} />}
          {view.view === 'policies' && <Policies view={view} navigate={navigate} />}
          {view.view === 'ledgers' && <Ledgers view={view} navigate={navigate} />}
          {view.view === 'sources' && <Sources navigate={navigate} />}
        </Suspense>
      </main>
      <LedgerStrip open={() => navigate(toView('ledgers'))} />
      {view.doc !== undefined && (
        <Suspense>
          <Reference doc={view.doc} navigate={navigate} />
        </Suspense>
      )}
      <Palette opened={palette} close={() => setPalette(false)} />
      <Shortcuts opened={help} close={() => setHelp(false)} />
    </div>
  );
}
