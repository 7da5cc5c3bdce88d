import { lazy, Suspense, useState } from 'react';
import { Explore } from './explore/Explore';
import { Header } from './frame/Header';
import { LedgerStrip } from './frame/LedgerStrip';
import { Shortcuts } from './frame/Shortcuts';
import { useGo } from './frame/useGo';
import { useKeys } from './frame/useKeys';
import { toView, useView } from './state/view';
import { useZone } from './state/zone';

const MapView = lazy(() => import('./views/map/MapView'));
const Trace = lazy(() => import('./views/trace/Trace'));
const Policies = lazy(() => import('./views/policies/Policies'));
const Ledgers = lazy(() => import('./views/ledgers/Ledgers'));
const Sources = lazy(() => import('./views/Sources'));

export function App() {
  const [view, navigate] = useView();
  const [, toggleZone] = useZone();
  const [help, setHelp] = useState(false);
  useGo(navigate);
  useKeys({ '?': () => setHelp(true), u: toggleZone });
  return (
    <div className="frame">
      <Header view={view.view} navigate={navigate} openHelp={() => setHelp(true)} />
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
      <Shortcuts opened={help} close={() => setHelp(false)} />
    </div>
  );
}
