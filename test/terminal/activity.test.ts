import { expect, it } from "vitest";
import { onsetText, ratesText } from "../../src/terminal/activity.ts";

const interval = { startMs: 0, endMs: 2000 };
const { NaN: none } = Number;

it("gives the rates of the class that lives where the other does not", () => {
  expect(ratesText({ interval, eHz: 0.5, iHz: 5 })).toBe("E 0.50 Hz, I 5.00 Hz, 0 s to 2 s");
  expect(ratesText({ interval, eHz: none, iHz: 5 })).toBe("E –, I 5.00 Hz, 0 s to 2 s");
  expect(ratesText({ interval, eHz: 0.5, iHz: none })).toBe("E 0.50 Hz, I –, 0 s to 2 s");
  expect(ratesText({ interval, eHz: none, iHz: none })).toBe(
    "not recorded, or no cell alive (0 s to 2 s)",
  );
});

it.each([
  [none, "unknown: the E cells have no rate at baseline"],
  [0, "unknown: the E cells are silent at baseline"],
])("knows no onset where the E cells' rate at baseline is %s", (eHz, text) => {
  const rates = { interval, eHz, iHz: 5 };
  const definition = { multiple: 10, smoothingMs: 1000 };
  const onset = { onsetMs: null, baselineHz: eHz, thresholdHz: 10 * eHz, ...definition };
  expect(onsetText({ baseline: rates, final: rates, onset })).toBe(text);
});
