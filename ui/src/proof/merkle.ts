import { type Bytes, nodeHash } from './bytes';

/** One step of the way from a leaf to the root: the sibling, on which side it stands, and what they hash to. */
export interface Step {
  readonly side: 'left' | 'right';
  readonly sibling: Bytes;
  readonly result: Bytes;
}

/**
 * Walks an inclusion proof from the leaf upwards (RFC 9162 section 2.1.3.2). Answers the steps, the last of which ends
 * at the root that the proof leads to, or the words why the proof has not the shape of this leafIndex and treeSize.
 * Sizes are safe integers, so plain division stands in for shifts beyond 32 bits.
 */
export function walk(leaf: Bytes, leafIndex: number, treeSize: number, path: readonly Bytes[]): Step[] | string {
  if (leafIndex >= treeSize) return `leafIndex ${leafIndex} is not below the tree size ${treeSize}`;
  let fn = leafIndex;
  let sn = treeSize - 1;
  let hash = leaf;
  const steps: Step[] = [];
  for (const sibling of path) {
    if (sn === 0) return `the proof has ${path.length} hashes, more than a tree of ${treeSize} entries needs`;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash);
      steps.push({ side: 'left', sibling, result: hash });
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, sibling);
      steps.push({ side: 'right', sibling, result: hash });
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  if (sn !== 0) return `the proof has ${path.length} hashes, fewer than a tree of ${treeSize} entries needs`;
  return steps;
}
