import fc from "fast-check";
import { expect, it } from "vitest";
import { edgeIndex } from "../../src/export/sonata-edge-indices.ts";

it("an index of edges leads from each node to all of its edges, and to no others", () => {
  const edges = fc.array(fc.nat({ max: 5 }), { maxLength: 60 });
  fc.assert(
    fc.property(edges, (nodes) => {
      const { nodeToRanges, rangeToEdges } = edgeIndex(Uint32Array.from(nodes), 7);
      const found = Array.from({ length: 7 }, (_, node) => {
        const [first, end] = [nodeToRanges[2 * node]!, nodeToRanges[2 * node + 1]!].map(Number);
        return Array.from({ length: end! - first! }, (_, k) => {
          const [from, to] = [...rangeToEdges.subarray(2 * (first! + k), 2 * (first! + k) + 2)];
          return Array.from({ length: Number(to! - from!) }, (_, edge) => Number(from!) + edge);
        });
      });
      const expected = found.map((_, node) =>
        [...nodes.keys()].filter((edge) => nodes[edge] === node),
      );
      expect(found.map((ranges) => ranges.flat())).toEqual(expected);
      // Edges of a node that follow each other are one range, so that there are as few as can be.
      const runs = nodes.filter((node, edge) => node !== nodes[edge - 1]).length;
      expect(rangeToEdges.length).toBe(2 * runs);
    }),
  );
});
