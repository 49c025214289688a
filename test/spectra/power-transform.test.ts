import { expect, it } from "vitest";
import { compiledTransform } from "../../src/spectra/compiled-transform.ts";
import {
  PlainTransform,
  PowerTransform,
  transformParts,
} from "../../src/spectra/power-transform.ts";
import { randomNumbers } from "../recording/small-run.ts";

/** The definition, term by term. */
function powerAt(signal: Float64Array, f: number): number {
  let [re, im] = [0, 0];
  signal.forEach((value, t) => {
    const angle = (2 * Math.PI * f * t) / signal.length;
    re += value * Math.cos(angle);
    im -= value * Math.sin(angle);
  });
  return re ** 2 + im ** 2;
}

it.each([2, 3, 7, 8, 60, 64, 101])(
  "is the definition's for %d samples, signal after signal",
  (n) => {
    const random = randomNumbers(n);
    const transform = new PowerTransform(n);
    for (let k = 0; k < 2; k++) {
      const signal = Float64Array.from({ length: n }, () => random() - 0.5);
      const power = transform.powers(new Float64Array(n).fill(1), [signal])[0]!;
      expect(power).toHaveLength(Math.floor(n / 2) + 1);
      power.forEach((value, f) => {
        expect(value).toBeCloseTo(powerAt(signal, f), 10);
      });
    }
  },
);

const bytesOf = (arrays: readonly Float64Array[]) =>
  Buffer.concat(arrays.map(({ buffer }) => new Uint8Array(buffer as ArrayBuffer)));

/** Powers of two of both kinds, in one part and in several, and lengths whose transforms are such. */
const lengths = [4, 8, 16, 2048, 4096, 16_384, 32_768, 5, 7, 11, 300, 1031, 4100, 9000, 17_000];

it.each(lengths)("has the same bits in WebAssembly, for %d samples", (n) => {
  const random = randomNumbers(n);
  const signal = Float64Array.from({ length: n }, () => Math.floor(3 * random()) - 0.9);
  const tapers = Array.from({ length: 3 }, () =>
    Float64Array.from({ length: n }, () => random() - 0.5),
  );
  const parts = transformParts(n);
  const compiled = compiledTransform(parts)!;
  const plain = new PlainTransform(parts).powers(signal, tapers);
  const expected = bytesOf(plain);
  const pairs = [tapers.slice(0, 2), tapers.slice(2)];
  const powers = pairs.flatMap((pair) => compiled.powers(signal, pair));
  expect(bytesOf(powers).equals(expected)).toBe(true);
  expect(bytesOf(new PowerTransform(n).powers(signal, tapers)).equals(expected)).toBe(true);
});
