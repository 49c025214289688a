import { expect, test } from "vitest";
import { lfpFigure } from "../../src/figures/lfp.ts";
import { signalSpectrum } from "../../src/spectra/signal-spectrum.ts";
import { document } from "./small-column.ts";

const interval = { startMs: 0, endMs: 1000 };
const timesMs = Float64Array.from({ length: 1000 }, (_, k) => k);

/** A layer whose excitatory and inhibitory components both have this value at each time. */
function layerOf(layer: number, valueAt: (timeMs: number) => number) {
  const componentMv = timesMs.map(valueAt);
  const proxyMv = componentMv.map((mv) => 2 * mv);
  return {
    ...{ layer, cellCount: 3, timesMs, proxyMv },
    ...{ excitatoryMv: componentMv, inhibitoryMv: componentMv },
    ...(proxyMv.every(Number.isFinite) && { spectrum: signalSpectrum(proxyMv, 1, 1000) }),
  };
}

const oscillating = layerOf(5, (timeMs) => 5 + Math.sin(0.25 * timeMs));
const constant = layerOf(2, () => 0);
const dying = layerOf(6, (timeMs) => (timeMs < 500 ? Math.sin(timeMs) : Number.NaN));

test("only spectra with power are drawn, and notes say why the others are not", () => {
  const figure = lfpFigure({ layers: [constant, oscillating, dying] }, { document, interval });
  expect(figure.svg.replaceAll(/>[^<]*</g, "><")).not.toMatch(/NaN|Infinity/);
  expect(figure.svg).toContain("Spectra of the sums");
  expect(figure.caption).toContain("multitaper spectra of the sums (1 segment of 1 s");
  expect(figure.notes).toEqual([
    "Bands: 95 % limits of the jackknife over tapers.",
    "L2/3: no spectrum, as the sum is constant.",
    "L6: no spectrum, as no cell lives for a time.",
  ]);
});

test("without a spectrum there is no panel of spectra", () => {
  const figure = lfpFigure({ layers: [constant, dying] }, { document, interval });
  expect(figure.svg).not.toContain("Spectra");
  expect(figure.caption).not.toContain("spectra");
});
