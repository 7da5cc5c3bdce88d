import type { Navigate, View } from '../../state/view';

export default function Trace({ view }: { view: View; navigate: Navigate }) {
  return <p>{view.view}</p>;
}
