/** Where one can go from the side panel. */
export interface PanelSteps {
  readonly pick: (id: string | undefined) => void;
  /** To the events of a query. */
  readonly events: (q: string) => void;
  /** Another map. */
  readonly ask: (q: string) => void;
}
