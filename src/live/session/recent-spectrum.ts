import { bandMeans, frequencyBands } from "../../spectra/frequency-bands.ts";
import { MultitaperEstimator } from "../../spectra/multitaper-spectrum.ts";
import type { Chronicle } from "./chronicle.ts";

/** Width of the bins in which spikes are counted, ms, and how many: the last ten seconds. */
const BIN_MS = 5;
const BINS = 2048;
const BAND_HZ = 0.5;

/** Length of time that a spectrum is of, s. */
export const SPECTRUM_S = (BIN_MS * BINS) / 1000;

const makeEstimator = () => {
  const estimator = new MultitaperEstimator(BINS, { samplingRateHz: 1000 / BIN_MS });
  return { estimator, bands: frequencyBands(estimator.frequenciesHz, BAND_HZ) };
};
let made: ReturnType<typeof makeEstimator> | undefined;

/** Normalized spectra of the spikes of excitatory and inhibitory cells, as figures have them. */
export interface RecentSpectra {
  readonly frequenciesHz: Float64Array;
  /** Power per band over all power, 1/Hz. */
  readonly excitatory: Float64Array;
  readonly inhibitory: Float64Array;
}

/** Spectra of the last seconds of a record; undefined before there are so many. */
export function recentSpectra({ levels, untilMs }: Chronicle): RecentSpectra | undefined {
  const level = levels.find(({ binMs }) => binMs === BIN_MS)!;
  const endBin = Math.floor(untilMs / BIN_MS);
  if (!level.has(endBin - BINS)) return undefined;
  made ??= makeEstimator();
  const { estimator, bands } = made;
  const spectrum = (isInhibitory: 0 | 1) => {
    const counts = Float64Array.from({ length: BINS }, (_, k) =>
      level.sumOf(endBin - BINS + k, isInhibitory),
    );
    const power = bandMeans(estimator.density(counts), bands);
    const total = power.reduce((sum, one) => sum + one, 0) * bands.bandHz;
    return total > 0 ? power.map((one) => one / total) : power;
  };
  return {
    frequenciesHz: bands.centresHz,
    excitatory: spectrum(0),
    inhibitory: spectrum(1),
  };
}
