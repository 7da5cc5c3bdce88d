import { useEvent } from '../../api/queries';
import { Fields } from '../../detail/Fields';
import { explain } from '../../event/reasons';
import { visible } from '../../parts/Value';
import type { Pivot } from '../pivot';

/** An event opened in its place: why, and all its fields, without leaving the list. */
export function Expanded({ address, pivot }: { address: string; pivot: Pivot }) {
  const { data, error } = useEvent(address);
  if (error !== null) return <p className="expanded banner-bad">{error.message}</p>;
  if (data === undefined) return <div className="expanded expanded-empty" />;
  return (
    <div className="expanded">
      <p>
        <bdi>{visible(explain(data.event).slice(0, 600))}</bdi>
      </p>
      <Fields event={data.event} pivot={pivot} brief />
    </div>
  );
}
