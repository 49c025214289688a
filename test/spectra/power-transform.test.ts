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

it.each([2, 3, 7, 8, 60, 64, 101])(
  "is the definition's for %d samples, signal after signal",
  (n) => {
    const random = randomNumbers(n);
    const transform = new PowerTransform(n);
    for (let k = 0; k < 2; k++) {
      const signal = Float64Array.from({ length: n }, () => random() - 0.5);
      const power = transform.power(signal);
      expect(power).toHaveLength(Math.floor(n / 2) + 1);
      power.forEach((value, f) => {
        expect(value).toBeCloseTo(powerAt(signal, f), 10);
      });
    }
  },
);
