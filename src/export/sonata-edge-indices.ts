import { type Hdf5Group, writeValues } from "./hdf5.ts";

/**
 * Writes by which edges a node is reached: the edges that it sends, and those that it receives.
 *
 * @param source per edge, the node that sends
 * @param target per edge, the node that receives
 */
export function writeEdgeIndices(
  edges: Hdf5Group,
  nodeCount: number,
  { source, target }: Readonly<Record<"source" | "target", Uint32Array>>,
): void {
  const group = edges.create_group("indices");
  writeIndex(group.create_group("source_to_target"), edgeIndex(source, nodeCount));
  writeIndex(group.create_group("target_to_source"), edgeIndex(target, nodeCount));
}

/** Edges of nodes; pairs of where a stretch begins and where it ends, the end not included. */
export interface EdgeIndex {
  /** Per node, its stretch of `rangeToEdges`; an empty one if it has no edges. */
  readonly nodeToRanges: BigUint64Array;
  /** Stretches of edges that follow each other, by node. */
  readonly rangeToEdges: BigUint64Array;
}

/** Finds each node's edges; `nodes` names one node per edge. */
export function edgeIndex(nodes: Uint32Array, nodeCount: number): EdgeIndex {
  const begins = (edge: number) => edge === 0 || nodes[edge] !== nodes[edge - 1];
  const firstRange = new Uint32Array(nodeCount + 1);
  for (const [edge, node] of nodes.entries()) if (begins(edge)) firstRange[node + 1]! += 1;
  for (let node = 0; node < nodeCount; node++) firstRange[node + 1]! += firstRange[node]!;
  const nodeToRanges = new BigUint64Array(2 * nodeCount);
  const rangeToEdges = new BigUint64Array(2 * firstRange[nodeCount]!);
  const next = firstRange.slice();
  for (const [edge, node] of nodes.entries()) {
    const range = begins(edge) ? next[node]!++ : next[node]! - 1;
    if (begins(edge)) rangeToEdges[2 * range] = BigInt(edge);
    rangeToEdges[2 * range + 1] = BigInt(edge + 1);
  }
  for (let node = 0; node < nodeCount; node++) {
    nodeToRanges[2 * node] = BigInt(firstRange[node]!);
    nodeToRanges[2 * node + 1] = BigInt(firstRange[node + 1]!);
  }
  return { nodeToRanges, rangeToEdges };
}

function writeIndex(group: Hdf5Group, { nodeToRanges, rangeToEdges }: EdgeIndex): void {
  const pairs = (values: BigUint64Array) => [values.length / 2, 2];
  const index = writeValues(group, "node_id_to_ranges", nodeToRanges, pairs(nodeToRanges));
  // The name that pySONATA and BMTK look for.
  group.create_hard_link(index.path, "node_id_to_range");
  writeValues(group, "range_to_edge_id", rangeToEdges, pairs(rangeToEdges));
}
