import type { Outcome } from '../event/event';

const SHAPES: Record<Outcome, React.ReactNode> = {
  allowed: <circle cx="5" cy="5" r="3.6" />,
  denied: <path d="M5 .6 9.4 5 5 9.4.6 5Z" />,
  failed: <path d="M5 .8 9.6 9.2H.4Z" />,
  changed: <rect x="1.2" y="1.2" width="7.6" height="7.6" rx="1.2" />,
  unknown: <circle cx="5" cy="5" r="3.3" fill="none" stroke="currentColor" strokeWidth="1.5" />,
};

/** Colour and shape, so that outcomes are told apart without colours too. */
export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  return (
    <svg className={`mark mark-${outcome}`} viewBox="0 0 10 10" aria-hidden="true">
      {SHAPES[outcome]}
    </svg>
  );
}

export function OutcomeWord({ outcome }: { outcome: Outcome }) {
  return (
    <span className={`outcome outcome-${outcome}`}>
      <OutcomeMark outcome={outcome} />
      {outcome}
    </span>
  );
}
