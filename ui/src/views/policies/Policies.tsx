import type { Navigate, View } from '../../state/view';

export default function Policies({ view }: { view: View; navigate: Navigate }) {
  return <p>{view.view}</p>;
}
