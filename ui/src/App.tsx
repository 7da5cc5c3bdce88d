import { lazy, Suspense, useState } from 'react';
import { Explore } from './explore/Explore';
import { Header } from './frame/Header';
import { LedgerStrip } from './frame/LedgerStrip';
import { Shortcuts } from './frame/Shortcuts';
import { useKeys } from './frame/useKeys';
import { useView } from './state/view';
import { useZone } from './state/zone';

const Ledgers = lazy(() => import('./views/Ledgers'));
const Sources = lazy(() => import('./views/Sources'));

export function App() {
  const [view, navigate] = useView();
  const [, toggleZone] = useZone();
  const [help, setHelp] = useState(false);
  useKeys({ '?': () => setHelp(true), u: toggleZone });
  return (
    <div className="frame">
      <Header view={view.view} navigate={navigate} openHelp={() => setHelp(true)} />
      <main className="frame-main">
        {view.view === 'events' && <Explore view={view} navigate={navigate} />}
        <Suspense>
          {view.view === 'ledgers' && <Ledgers />}
          {view.view === 'sources' && <Sources navigate={navigate} />}
        </Suspense>
      </main>
      <LedgerStrip open={() => navigate({ view: 'ledgers', event: undefined })} />
      <Shortcuts opened={help} close={() => setHelp(false)} />
    </div>
  );
}
