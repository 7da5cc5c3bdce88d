/** Goes from a value to the events that have it (or have not). */
export type Pivot = (how: 'include' | 'exclude' | 'only', field: string, value: string) => void;
