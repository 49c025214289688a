import { describe, expect, it } from "vitest";
import { spectralRadius } from "../../src/synapses/spectral-radius.ts";
import { normalNumbers } from "../analysis/random-deviates.ts";

/** A matrix from its rows. */
function matrixOf(rows: readonly (readonly number[])[]) {
  const entries = rows.flatMap((row, i) => row.map((value, j) => ({ i, j, value })));
  return {
    order: rows.length,
    rows: Uint32Array.from(entries, ({ i }) => i),
    columns: Uint32Array.from(entries, ({ j }) => j),
    values: Float64Array.from(entries, ({ value }) => value),
  };
}

const radiusOf = (rows: readonly (readonly number[])[]) => spectralRadius(matrixOf(rows));

/** A matrix whose characteristic polynomial has these roots: λ³ − aλ² − bλ − c. */
const companion = (a: number, b: number, c: number) => [
  [a, b, c],
  [1, 0, 0],
  [0, 1, 0],
];

describe("the spectral radius", () => {
  it("is the largest modulus of known eigenvalues", () => {
    // Roots 2, −1, 0.5; then −3, 1, 1; then 0.25 and 0.8 e^(± i π / 3).
    expect(radiusOf(companion(1.5, 1.5, -1)).radius).toBeCloseTo(2, 6);
    expect(radiusOf(companion(-1, 5, -3)).radius).toBeCloseTo(3, 6);
    const oscillating = radiusOf(companion(1.05, -0.84, 0.16));
    expect(oscillating).toMatchObject({ converged: true });
    expect(oscillating.radius).toBeCloseTo(0.8, 3);
  });

  it("is found where two eigenvalues are opposite, or no entry recurs", () => {
    const opposite = [
      [0, 4],
      [1, 0],
    ];
    expect(radiusOf(opposite).radius).toBeCloseTo(2, 3);
    const nilpotent = [
      [0, 5, 7],
      [0, 0, 3],
      [0, 0, 0],
    ];
    expect(radiusOf(nilpotent)).toMatchObject({ radius: 0, converged: true });
  });

  it("of a product u vᵀ is |v u|", () => {
    const [u, v] = [
      [1, 2, 3],
      [4, -5, 6],
    ] as const;
    expect(radiusOf(u.map((x) => v.map((y) => x * y))).radius).toBeCloseTo(12, 6);
  });

  it("of independent normal entries follows the circular law", () => {
    const order = 100;
    const normal = normalNumbers(3);
    const rows = Array.from({ length: order }, () => Array.from({ length: order }, normal));
    const { radius } = radiusOf(rows);
    expect(radius / Math.sqrt(order)).toBeGreaterThan(0.9);
    expect(radius / Math.sqrt(order)).toBeLessThan(1.15);
  });

  it("is not converged after too few steps, and NaN of entries that are not finite", () => {
    const turning = matrixOf(companion(1.05, -0.84, 0.16));
    const few = spectralRadius(turning, { mostSteps: 7, tolerance: 1e-9 });
    expect(few).toMatchObject({ steps: 7, converged: false });
    expect(few.radius).toBeGreaterThan(0.5);
    expect(radiusOf([[Infinity]])).toMatchObject({ radius: NaN, converged: false });
  });
});
