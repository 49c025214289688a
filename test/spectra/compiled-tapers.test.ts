import fc from "fast-check";
import { expect, test } from "vitest";
import { compiledTapers } from "../../src/spectra/compiled-tapers.ts";
import { combinedSpectrum } from "../../src/spectra/taper-weights.ts";

const power = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: 0, max: 1e9, noNaN: true }),
  fc.constantFrom(0, 1e-300, 5e-324),
);
const concentration = fc.oneof(
  fc.double({ min: 0.5, max: 1, noNaN: true }),
  fc.constantFrom(1, 0.9999999997),
);
const spectra = fc
  .record({ tapers: fc.integer({ min: 1, max: 9 }), length: fc.integer({ min: 1, max: 600 }) })
  .chain(({ tapers, length }) =>
    fc.record({
      concentrations: fc.array(concentration, { minLength: tapers, maxLength: tapers }),
      some: fc.array(power, { minLength: 50, maxLength: 50 }),
      noise: fc.double({ min: 1e-12, max: 1e6, noNaN: true }),
      length: fc.constant(length),
    }),
  );

test("the compiled weights give the plain weights' bits, with all tapers and without each", () => {
  fc.assert(
    fc.property(spectra, ({ concentrations, some, noise, length }) => {
      const tapers = concentrations.length;
      const powers = concentrations.map((_, k) =>
        Float64Array.from({ length }, (__, f) => some[(7 * f + 11 * k + (f % 3) * k) % 50]!),
      );
      const outs = Array.from({ length: tapers + 1 }, (_, k) => tapers - k);
      const found = outs.map(() => new Float64Array(length));
      const lambdas = Float64Array.from(concentrations);
      compiledTapers(tapers)!.combine(powers, lambdas, noise, outs, found);
      const plain = outs.map((out) => {
        const used = [...powers.keys()].filter((k) => k !== out);
        const others = Float64Array.from(used, (k) => concentrations[k]!);
        return Float64Array.from({ length }, (_, f) => {
          const values = Float64Array.from(used, (k) => powers[k]![f]!);
          return combinedSpectrum(values, others, noise, "adaptive");
        });
      });
      expect(found).toEqual(plain);
    }),
    { numRuns: 60 },
  );
});

test("more tapers than the compiled weights have room for are weighted plainly", () => {
  expect(compiledTapers(17)).toBeUndefined();
});
