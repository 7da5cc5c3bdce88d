import { memo, useState } from 'react';
import type { Search } from '../../api/queries';
import { FACET_GROUPS, OPEN_FACETS } from '../../event/fields';
import { pinnedFields, toggle, toggledFields } from '../../state/habits';
import { useStored } from '../../state/stored';
import type { Pivot } from '../pivot';
import { Facet } from './Facet';

interface Props {
  readonly search: Search;
  readonly refresh: number | false;
  readonly pivot: Pivot;
}

/** The fields in the order in which a person asks, what she pinned on top. Only an open field is counted. */
export const Facets = memo(function Facets({ search, refresh, pivot }: Props) {
  const [sought, setSought] = useState('');
  const pinned = useStored(pinnedFields);
  const toggled = useStored(toggledFields);
  const needle = sought.trim().toLowerCase();
  const groups = [
    { title: 'Pinned', fields: pinned },
    ...FACET_GROUPS.map(({ title, fields }) => ({
      title,
      fields: fields.filter((field) => !pinned.includes(field)),
    })),
  ]
    .map(({ title, fields }) => ({ title, fields: fields.filter((field) => field.includes(needle)) }))
    .filter(({ fields }) => fields.length > 0);
  return (
    <aside className="facets" aria-label="Filters">
      <input
        className="facets-find"
        placeholder="Find a field"
        aria-label="Find a field"
        value={sought}
        onChange={(event) => setSought(event.target.value)}
      />
      {groups.map(({ title, fields }) => (
        <section key={title} aria-label={title}>
          <h2>{title}</h2>
          {fields.map((field) => {
            const usually = OPEN_FACETS.has(field) || pinned.includes(field);
            return (
              <Facet
                key={field}
                field={field}
                search={search}
                refresh={refresh}
                pivot={pivot}
                opened={toggled.includes(field) ? !usually : usually}
                toggleOpened={() => toggle(toggledFields, field)}
                pinned={pinned.includes(field)}
                togglePinned={() => toggle(pinnedFields, field)}
              />
            );
          })}
        </section>
      ))}
      {groups.length === 0 && <p className="facet-none">No field is called like this.</p>}
    </aside>
  );
});
