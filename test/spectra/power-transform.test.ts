import { expect, it } from "vitest";
import { PowerTransform } from "../../src/spectra/power-transform.ts";
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

it.each([2, 3, 7, 8, 30, 44, 60, 64, 100, 101, 127, 131, 254, 262])(
  "is the definition's for %d samples, signal after signal",
  (n) => {
    const random = randomNumbers(n);
    const signals = Array.from({ length: 6 }, () =>
      Float64Array.from({ length: n }, () => random() - 0.5),
    );
    for (const count of [1, 6]) {
      const transform = new PowerTransform(signals.slice(0, count));
      transform.signal.fill(1);
      const powers = transform.powers();
      expect(powers).toHaveLength(count);
      for (const [k, power] of powers.entries()) {
        expect(power).toHaveLength(Math.floor(n / 2) + 1);
        power.forEach((value, f) => {
          expect(value).toBeCloseTo(powerAt(signals[k]!, f), 10);
        });
      }
    }
  },
);

const bytesOf = (arrays: readonly Float64Array[]) =>
  Buffer.concat(
    arrays.map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength),
    ),
  );

/** Powers of two of both kinds, other small factors, and lengths with a large one. */
const lengths = [4, 8, 2048, 4096, 5, 7, 11, 300, 1000, 1024 * 9, 1270, 1031, 4 * 131];

it.each(lengths)("has the same bits in WebAssembly, for %d samples", (n) => {
  const random = randomNumbers(n);
  const signal = Float64Array.from({ length: n }, () => Math.floor(3 * random()) - 0.9);
  const tapers = Array.from({ length: 7 }, () =>
    Float64Array.from({ length: n }, () => random() - 0.5),
  );
  const [plain, compiled] = [false, true].map((isCompiled) => {
    const transform = new PowerTransform(tapers, isCompiled);
    transform.signal.set(signal);
    return bytesOf(transform.powers(200));
  });
  expect(compiled!.equals(plain!)).toBe(true);
});
