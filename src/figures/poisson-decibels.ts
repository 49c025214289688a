import { type SegmentSpectra, type SpectraRun, slowestHz } from "./spectra-run.ts";

/** Spectra in dB over the level of Poisson spikes of the same rate; NaN where there is no power. */
export function inDecibels(run: SpectraRun): SpectraRun {
  return { ...run, segments: run.segments.map(segmentInDecibels) };
}

function segmentInDecibels(segment: SegmentSpectra): SegmentSpectra {
  const { excitatory, inhibitory, excitatoryLimits, inhibitoryLimits } = segment;
  const convert = (values: Float64Array, level: number | undefined) =>
    values.map((power) => {
      const decibels = 10 * Math.log10(power / (level ?? Number.NaN));
      return Number.isFinite(decibels) ? decibels : Number.NaN;
    });
  const [E, I] = [segment.excitatoryPoisson, segment.inhibitoryPoisson];
  const limits = (band: typeof excitatoryLimits, level: number | undefined) => ({
    lower: convert(band.lower, level),
    upper: convert(band.upper, level),
  });
  return {
    ...segment,
    excitatory: convert(excitatory, E),
    inhibitory: convert(inhibitory, I),
    excitatoryLimits: limits(excitatoryLimits, E),
    inhibitoryLimits: limits(inhibitoryLimits, I),
  };
}

/**
 * The range of all spectra in dB, 0 among it, at frequencies that are not a drift of the rate; with
 * room on both sides.
 */
export function decibelDomain(
  runs: readonly SpectraRun[],
  kinds: readonly ("excitatory" | "inhibitory")[],
): readonly [number, number] {
  let [least, most] = [0, 0];
  for (const { frequenciesHz, segments } of runs.map(inDecibels)) {
    for (const values of segments.flatMap((segment) => kinds.map((kind) => segment[kind]))) {
      for (const value of values.filter((_, f) => frequenciesHz[f]! >= slowestHz)) {
        if (value < least) least = value;
        if (value > most) most = value;
      }
    }
  }
  return [least - 1, most + 1];
}
