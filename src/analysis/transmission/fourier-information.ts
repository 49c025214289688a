import type { Spikes } from "../firing/spikes.ts";
import { CoefficientMoments } from "./coefficient-moments.ts";
import { type ComplexArray, complexArray } from "./complex-array.ts";
import {
  type FourierInformationOptions,
  type InformationLayout,
  informationLayout,
} from "./information-layout.ts";
import {
  constantInformation,
  type InformationSpectrum,
  informationSpectrum,
} from "./information-spectrum.ts";
import { type Trial, type TrialInput, trialInputs } from "./trials.ts";

/** Information that one spike train conveys about its input. */
export interface TrainInformation extends InformationSpectrum {
  /** Number of spikes in the unique and in the repeat trials. */
  readonly uniqueSpikes: number;
  readonly repeatSpikes: number;
}

/** Information that a group of spike trains conveys jointly. */
export interface GroupInformation extends InformationSpectrum {
  /** Indices of the trains with spikes in both kinds of trials; others convey no information. */
  readonly trains: readonly number[];
}

/** Information that spike trains convey about their input. */
export interface FourierInformationResult {
  /** Centres of the frequency bands, Hz. */
  readonly frequenciesHz: Float64Array;
  readonly bandHz: number;
  /** Information of each train. */
  readonly trains: readonly TrainInformation[];
  /** Joint information of the trains of each group. */
  readonly groups: readonly GroupInformation[];
  readonly trialCounts: Readonly<Record<TrialInput, number>>;
  /** Duration of the segments, s. */
  readonly segmentS: number;
}

/**
 * Rate at which spike trains convey information about their input, from trials with unique and with
 * repeated input, by the Fourier method (Yu et al. 2010, Front Comput Neurosci 4:10; Crumiller et
 * al. 2011, Front Neurosci 5:90).
 *
 * In each segment of a trial, a train has the Fourier coefficients Σ exp(−2πi f t) over its spikes.
 * With many spikes they are approximately normal, and their entropy is, up to constants, the
 * logarithm of the determinant of their covariance: of signal and noise in unique trials, of noise
 * in repeat trials about their mean. The difference is the information,
 *
 *   I = ∫ log₂ (det Σ_unique(f) / det Σ_repeat(f)) df   bits/s.
 *
 * Covariances are those of circular complex variables about the mean over trials of one kind. They
 * pool the frequencies of a band and the segments of a trial, and are relative to the numbers of
 * spikes, so that random differences of rate do not count as information. The bias of the
 * log-determinants is corrected by their expectation for complex Wishart matrices; this requires
 * at least two trials of each kind.
 *
 * Spikes are added block by block. Memory, in bytes: 32 · trial duration · highest frequency per
 * train, and 32 per band and pair of trains in a group.
 *
 * @example
 * ```ts
 * import { analysis, resolveParameters, runExperiment } from "isocortex";
 *
 * const parameters = resolveParameters({
 *   protocol: "deletion",
 *   baselineDurationS: 8,
 *   learningDurationS: 0,
 *   recallDurationS: 0,
 *   trialDurationMs: 1000,
 * });
 * const run = await runExperiment({ parameters, entries: [], description: "", preset: null });
 * const trials = analysis.wholeTrials(run.events(), run.reachedMs);
 * const trains = run.manifest.populations.map((population) => analysis.cellsOf([population]));
 * const information = new analysis.FourierInformation(trains, trials);
 * for (const spikes of run.spikeBlocks()) information.add(spikes);
 * console.log(information.result().trains.map(({ bitsPerS }) => bitsPerS));
 * ```
 */
export class FourierInformation {
  readonly #layout: InformationLayout;
  readonly #trials: readonly Trial[];
  readonly #trainsOfCell: readonly (readonly number[] | undefined)[];
  readonly #moments: Readonly<Record<TrialInput, CoefficientMoments>>;
  readonly #spikeCounts: Readonly<Record<TrialInput, Float64Array>>;
  /** The present segment's, by train and frequency. */
  readonly #coefficients: ComplexArray;
  #trial = 0;
  #segment = 0;

  /**
   * @param trains cells of each train: one, or several whose spikes are merged; none of them deleted
   *   during the trials
   * @param trials in order of time, of equal duration, at least two of each kind
   * @throws {InformationError} if trials, bands or groups do not allow an estimate
   */
  constructor(
    trains: readonly Uint32Array[],
    trials: readonly Trial[],
    options: FourierInformationOptions = {},
  ) {
    const layout = informationLayout(trains.length, trials, options);
    this.#layout = layout;
    this.#trials = trials;
    this.#trainsOfCell = trainsOfCell(trains);
    const moments = () => new CoefficientMoments(layout);
    this.#moments = { unique: moments(), repeat: moments() };
    const counts = () => new Float64Array(trains.length);
    this.#spikeCounts = { unique: counts(), repeat: counts() };
    this.#coefficients = complexArray(trains.length * layout.bandCount * layout.perBand);
  }

  /** Adds spikes, in order of time. */
  add({ timesMs, cells }: Spikes): void {
    const { segmentMs, segmentsPerTrial } = this.#layout;
    for (let k = 0; k < cells.length; k++) {
      const timeMs = timesMs[k]!;
      while (timeMs >= (this.#trials[this.#trial]?.endMs ?? Infinity)) this.#closeSegment();
      const trial = this.#trials[this.#trial];
      if (trial === undefined) return;
      const trains = this.#trainsOfCell[cells[k]!];
      if (trains === undefined || timeMs < trial.startMs) continue;
      const sinceMs = timeMs - trial.startMs;
      const segment = Math.min(segmentsPerTrial - 1, Math.floor(sinceMs / segmentMs));
      while (segment > this.#segment) this.#closeSegment();
      for (const train of trains) {
        this.#spikeCounts[trial.input][train]!++;
        this.#addSpike(train, sinceMs - segment * segmentMs);
      }
    }
  }

  /** Information in all spikes added. No spikes can be added afterwards. */
  result(): FourierInformationResult {
    while (this.#trial < this.#trials.length) this.#closeSegment();
    const { trainCount, groups, frequenciesHz, bandHz, segmentMs } = this.#layout;
    const { unique, repeat } = this.#spikeCounts;
    return {
      frequenciesHz,
      bandHz,
      trains: Array.from({ length: trainCount }, (_, train) => ({
        uniqueSpikes: unique[train]!,
        repeatSpikes: repeat[train]!,
        ...this.#trainInformation(train),
      })),
      groups: groups.map((trains, group) => this.#groupInformation(group, trains)),
      trialCounts: { unique: this.#trialCount("unique"), repeat: this.#trialCount("repeat") },
      segmentS: segmentMs / 1000,
    };
  }

  /** Adds exp(−2πi f t) at all frequencies, each the one before times exp(−2πi t / segment). */
  #addSpike(train: number, sinceMs: number): void {
    const { bandCount, perBand, segmentMs } = this.#layout;
    const { re, im } = this.#coefficients;
    const angle = (-2 * Math.PI * sinceMs) / segmentMs;
    const [stepRe, stepIm] = [Math.cos(angle), Math.sin(angle)];
    const first = train * bandCount * perBand;
    const end = first + bandCount * perBand;
    let [real, imaginary] = [stepRe, stepIm];
    for (let k = first; k < end; k++) {
      re[k]! += real;
      im[k]! += imaginary;
      const next = real * stepRe - imaginary * stepIm;
      imaginary = real * stepIm + imaginary * stepRe;
      real = next;
    }
  }

  #closeSegment(): void {
    const { input } = this.#trials[this.#trial]!;
    this.#moments[input].add(this.#segment, this.#coefficients);
    this.#coefficients.re.fill(0);
    this.#coefficients.im.fill(0);
    this.#segment++;
    if (this.#segment < this.#layout.segmentsPerTrial) return;
    this.#segment = 0;
    this.#trial++;
  }

  #trainInformation(train: number): InformationSpectrum {
    const { bandCount } = this.#layout;
    if (!this.#fires(train)) {
      const isSilent = trialInputs.every((input) => this.#spikeCounts[input][train] === 0);
      return constantInformation(bandCount, isSilent ? 0 : Number.NaN);
    }
    return this.#information([train], (input, band) =>
      Math.log(this.#moments[input].power(train, band)),
    );
  }

  #groupInformation(group: number, all: readonly number[]): GroupInformation {
    const places = [...all.keys()].filter((place) => this.#fires(all[place]!));
    const trains = places.map((place) => all[place]!);
    if (trains.length === 0) return { trains, ...constantInformation(this.#layout.bandCount, 0) };
    const information = this.#information(trains, (input, band) =>
      this.#moments[input].logDeterminant(group, band, places),
    );
    return { trains, ...information };
  }

  #information(
    trains: readonly number[],
    logDeterminant: (input: TrialInput, band: number) => number,
  ): InformationSpectrum {
    const { bandCount, bandHz, segmentMs, segmentsPerTrial } = this.#layout;
    const spikesOf = (train: number, input: TrialInput) =>
      this.#spikeCounts[input][train]! / (this.#trialCount(input) * segmentsPerTrial);
    const [unique, repeat] = trialInputs.map((input) => ({
      values: new Float64Array(bandCount).map((_, band) => logDeterminant(input, band)),
      degrees: this.#moments[input].degrees,
      logSpikes: trains.reduce((sum, train) => sum + Math.log(spikesOf(train, input)), 0),
    }));
    const spikes = trains.reduce(
      (sum, train) => sum + spikesOf(train, "unique") + spikesOf(train, "repeat"),
      0,
    );
    const meanRateHz = (1000 * spikes) / (2 * trains.length * segmentMs);
    return informationSpectrum(unique!, repeat!, trains.length, bandHz, meanRateHz / 2);
  }

  #fires(train: number): boolean {
    return trialInputs.every((input) => this.#spikeCounts[input][train]! > 0);
  }

  #trialCount(wanted: TrialInput): number {
    return this.#trials.filter(({ input }) => input === wanted).length;
  }
}

/** Per cell, the trains that have its spikes. */
function trainsOfCell(trains: readonly Uint32Array[]): (number[] | undefined)[] {
  const found: (number[] | undefined)[] = [];
  trains.forEach((cells, train) => {
    for (const cell of cells) found[cell] = [...(found[cell] ?? []), train];
  });
  return found;
}
