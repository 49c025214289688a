import fc from "fast-check";
import { expect, test } from "vitest";
import { CountCorrelation } from "../../src/analysis/firing/count-correlation.ts";
import { hyperactivityOnset } from "../../src/analysis/firing/hyperactivity-onset.ts";
import { InterspikeIntervals } from "../../src/analysis/firing/interspike-intervals.ts";
import { IntervalError } from "../../src/analysis/firing/interval.ts";
import { populationRates } from "../../src/analysis/firing/population-rates.ts";
import { spikeRaster } from "../../src/analysis/firing/spike-raster.ts";
import { PopulationSynchrony } from "../../src/analysis/firing/synchrony.ts";
import { LivingCellStatistics } from "../../src/analysis/state/sample-statistics.ts";
import { scaleAtDeletion } from "../../src/analysis/state/scale-at-deletion.ts";
import { deviationBand, wilsonInterval } from "../../src/analysis/statistics/confidence.ts";
import {
  distributionDistance,
  summarizeDistribution,
} from "../../src/analysis/statistics/distribution.ts";
import { hedgesG } from "../../src/analysis/statistics/effect-size.ts";
import { LogHistogram } from "../../src/analysis/statistics/log-histogram.ts";
import { medianInterval } from "../../src/analysis/statistics/median.ts";
import { pearsonCorrelation } from "../../src/analysis/statistics/pearson-correlation.ts";
import { studentT } from "../../src/analysis/statistics/student-t.ts";
import { FourierInformation } from "../../src/analysis/transmission/fourier-information.ts";
import { InformationError } from "../../src/analysis/transmission/information-layout.ts";
import { wholeTrials } from "../../src/analysis/transmission/trials.ts";
import { multitaperSpectrum } from "../../src/spectra/multitaper-spectrum.ts";
import { SegmentedSpectrum } from "../../src/spectra/segmented-spectrum.ts";
import { spectralDistance } from "../../src/spectra/spectral-distance.ts";
import { spectralPeak } from "../../src/spectra/spectral-peak.ts";
import { Spectrogram } from "../../src/spectra/spectrogram.ts";
import { gainDistributions } from "../../src/synapses/plastic-gains.ts";
import { weightMatrices } from "../../src/synapses/weight-matrices.ts";

/** Numbers of every kind: usual, huge, tiny, infinite, not a number. */
const unusual = [Number.NaN, Infinity, -Infinity, 0, -0, 1.7e308, -1.7e308, 5e-324];
const any = fc.oneof(fc.double({ min: -1e3, max: 1e3 }), fc.double(), fc.constantFrom(...unusual));
const arrays = fc.array(any, { maxLength: 40 }).map((values) => Float64Array.from(values));

const populations = [
  { cellClass: "E", firstCell: 0, cellCount: 3 },
  { cellClass: "FS", firstCell: 3, cellCount: 2 },
] as const;
const cells = Uint32Array.of(0, 1, 2);
const cellsFor = (values: Float64Array) => Uint32Array.from(values, (_, k) => k % 5);
const usualInterval = { startMs: 0, endMs: 1000 };

/** Runs a call that may refuse what it is given, but must come to an end. */
function answers(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    const isRefusal =
      error instanceof IntervalError ||
      error instanceof InformationError ||
      error instanceof TypeError;
    expect(isRefusal, String(error)).toBe(true);
  }
}

test("analyses of values come to an end, whatever the values are", () => {
  fc.assert(
    fc.property(arrays, arrays, any, (a, b, level) => {
      distributionDistance(a, b);
      summarizeDistribution(a);
      hedgesG(a, b);
      medianInterval(a);
      pearsonCorrelation(a, b);
      deviationBand([a, a.map((value) => value / 2)]);
      wilsonInterval(level, level);
      studentT(0.95, level);
      const histogram = new LogHistogram();
      for (const value of a) histogram.add(value);
      histogram.summary();
      gainDistributions([
        { timeMs: 0, gains: a },
        { timeMs: 1, gains: b },
      ]);
      new LivingCellStatistics(cells, true).add(a, new Uint8Array(a.length).fill(1));
      const spectra = [a, b].map((density) => ({ frequenciesHz: a, density }));
      spectralDistance(spectra[0]!, spectra[1]!);
      spectralPeak(spectra[0]!);
      if (a.length > 8) multitaperSpectrum(a, { samplingRateHz: level });
      const synapses = { presynaptic: cellsFor(a), postsynaptic: cellsFor(a), fastWeightMv: a };
      weightMatrices(synapses, populations, [{ timeMs: 0, gains: a, scaleFactor: a }]);
    }),
  );
});

test("analyses of times come to an end, whatever the times are", () => {
  fc.assert(
    fc.property(arrays, arrays, any, any, any, (times, rates, startMs, endMs, binMs) => {
      const spikes = { timesMs: times.slice().sort(), cells: cellsFor(times) };
      const usualBins = { ...usualInterval, binMs: 5 };
      populationRates(spikes, [cells], usualBins, times);
      spikeRaster(spikes, populations, usualInterval);
      for (const collector of [
        new SegmentedSpectrum(cells, usualInterval, { segmentMs: 250 }),
        new Spectrogram(cells, usualInterval, { segmentMs: 250 }),
        new CountCorrelation(cells, usualBins),
        new PopulationSynchrony(cells, usualBins),
      ]) {
        collector.add(spikes);
        collector.result();
      }
      new InterspikeIntervals(5, [cells]).add(spikes);
      answers(() => hyperactivityOnset(times, rates, { smoothingMs: binMs, multiple: endMs }));
      const trials = wholeTrials(
        Array.from(times, (timeMs, k) => ({
          kind: "trial",
          timeMs,
          input: k % 2 ? ("repeat" as const) : ("unique" as const),
        })),
        endMs,
      );
      answers(() => new FourierInformation([cells], trials).add(spikes));
      const rounds = [{ timeMs: startMs, cells: [0], scaleFactors: [endMs] }];
      scaleAtDeletion(rounds, populations, usualBins);
    }),
  );
});

test("intervals and bins that would take for ever are refused", () => {
  const endless = [
    { startMs: -1e308, endMs: 1e308, binMs: 5 },
    { startMs: 0, endMs: 1000, binMs: 1e-300 },
    { startMs: 0, endMs: Infinity, binMs: 5 },
    { startMs: Number.NaN, endMs: 1, binMs: 5 },
    { startMs: 0, endMs: 1000, binMs: Number.NaN },
  ];
  for (const { binMs, ...interval } of endless) {
    const calls = [
      () => new SegmentedSpectrum(cells, interval, { binMs }).result(),
      () => new Spectrogram(cells, interval, { binMs }).result(),
      () => new PopulationSynchrony(cells, { ...interval, binMs }),
      () =>
        populationRates({ timesMs: new Float64Array(0), cells }, [cells], { ...interval, binMs }),
    ];
    for (const call of calls) expect(call).toThrow(IntervalError);
  }
});
