import type { Interval } from "../analysis/firing/interval.ts";
import type { Spikes } from "../analysis/firing/spikes.ts";
import { BinFinder, checkBins, wholeBins } from "../analysis/firing/time-bins.ts";
import { FourierTransform } from "./fourier-transform.ts";
import { aboutMean } from "./multitaper-spectrum.ts";
import { POINT } from "./plain-passes.ts";
import { slepianTapers } from "./slepian-tapers.ts";

/** Coherence of two signals at each frequency. */
export interface Coherence {
  readonly frequenciesHz: Float64Array;
  /** Magnitude-squared coherence, 0 … 1; NaN if the counts of a signal are constant in all segments. */
  readonly coherence: Float64Array;
  /** Phase by which the second signal follows the first, −π … π. */
  readonly phaseRad: Float64Array;
  /** Coherence that independent signals exceed at 5 % of the frequencies. */
  readonly confidenceLevel: number;
  readonly segmentCount: number;
  /** Duration of each segment, s. */
  readonly segmentS: number;
}

const BIN_MS = 5;
const MOST_SEGMENT_BINS = 1024;
const LEAST_SEGMENT_BINS = 32;
const TIME_BANDWIDTH = 4;
const TAPERS = 7;

/**
 * Multitaper coherence of the spike counts of two groups of cells in bins of 5 ms: with the Fourier
 * coefficients x and y of both about their means, over 7 Slepian tapers of time-bandwidth 4 and
 * successive segments of 5.12 s (or one shorter segment, of the largest power of two bins),
 *
 *   C(f) = |Σ x y*|² / (Σ |x|² Σ |y|²)
 *
 * (Thomson 1982, Proc IEEE 70:1055). Spikes are added block by block, in constant memory.
 *
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const run = await runExperiment(readExperiment("duration: 2 s"));
 * const [E, I] = [true, false].map((isE) =>
 *   analysis.cellsOf(run.manifest.populations, ({ cellClass }) => (cellClass === "E") === isE),
 * );
 * const estimator = new analysis.SegmentedCoherence(E!, I!, { startMs: 0, endMs: 2000 });
 * for (const spikes of run.spikeBlocks()) estimator.add(spikes);
 * const { coherence, confidenceLevel } = estimator.result();
 * console.log(coherence.filter((value) => value > confidenceLevel).length, "of", coherence.length);
 * ```
 */
export class SegmentedCoherence {
  readonly #segmentBins: number;
  readonly #binCount: number;
  readonly #finder: BinFinder;
  /** 0 and 1 for the two groups, −1 for other cells. */
  readonly #groupOfCell: Int32Array;
  readonly #counts: readonly [Float64Array, Float64Array];
  readonly #sums: CrossSpectra;
  #segment = 0;

  /** @throws {IntervalError} if the interval is empty */
  constructor(first: Uint32Array, second: Uint32Array, interval: Interval) {
    const bins = { ...interval, binMs: BIN_MS };
    checkBins(bins);
    const all = wholeBins(interval.endMs - interval.startMs, BIN_MS);
    const segmentBins = Math.min(MOST_SEGMENT_BINS, 2 ** Math.floor(Math.log2(all)));
    this.#segmentBins = segmentBins >= LEAST_SEGMENT_BINS ? segmentBins : 0;
    this.#binCount = this.#segmentBins && all - (all % this.#segmentBins);
    this.#finder = new BinFinder(bins);
    this.#groupOfCell = groupsOf(first, second);
    this.#counts = [new Float64Array(this.#segmentBins), new Float64Array(this.#segmentBins)];
    this.#sums = new CrossSpectra(this.#segmentBins);
  }

  /** Adds spikes, in order of time. */
  add({ timesMs, cells }: Spikes): void {
    const segmentBins = this.#segmentBins;
    const bins = this.#finder.binsOf(timesMs);
    for (let k = 0; k < cells.length; k++) {
      const group = this.#groupOfCell[cells[k]!] ?? -1;
      if (group < 0) continue;
      const bin = bins[k]!;
      if (bin < 0 || bin >= this.#binCount) continue;
      while (bin >= (this.#segment + 1) * segmentBins) this.#close();
      this.#counts[group]![bin - this.#segment * segmentBins]! += 1;
    }
  }

  /** Coherence of all spikes added; without frequencies if the interval has fewer than 32 bins. */
  result(): Coherence {
    const segmentCount = this.#segmentBins && this.#binCount / this.#segmentBins;
    while (this.#segment < segmentCount) this.#close();
    const segmentS = (this.#segmentBins * BIN_MS) / 1000;
    return {
      frequenciesHz: Float64Array.from(this.#sums.cross.keys(), (f) => f / segmentS),
      ...this.#sums.coherence(),
      confidenceLevel: coherenceLevel(TAPERS * segmentCount),
      segmentCount,
      segmentS,
    };
  }

  #close(): void {
    const [one, other] = this.#counts;
    this.#sums.add(one, other);
    for (const counts of this.#counts) counts.fill(0);
    this.#segment++;
  }
}

/** Sums over tapers and segments of the spectra of two signals and of their cross-spectrum. */
class CrossSpectra {
  readonly cross: Float64Array;
  readonly #crossImaginary: Float64Array;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  readonly #tapers: readonly Float64Array[];
  readonly #transform: FourierTransform | undefined;

  /** @param length of each signal: a power of two, or 0 for none */
  constructor(length: number) {
    const frequencies = length === 0 ? 0 : length / 2 + 1;
    [this.cross, this.#crossImaginary, this.#first, this.#second] = [0, 1, 2, 3].map(
      () => new Float64Array(frequencies),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    this.#tapers = length === 0 ? [] : slepianTapers(length, TIME_BANDWIDTH, TAPERS).tapers;
    this.#transform = length === 0 ? undefined : new FourierTransform(length);
  }

  /** Adds two signals; both are transformed at once, as real and imaginary part of one. */
  add(one: Float64Array, other: Float64Array): void {
    const [transform, length] = [this.#transform!, one.length];
    const [x, y] = [aboutMean(one), aboutMean(other)];
    for (const taper of this.#tapers) {
      transform.points.fill(0);
      for (let t = 0; t < length; t++) {
        transform.points[POINT * t] = taper[t]! * x[t]!;
        transform.points[POINT * t + 2] = taper[t]! * y[t]!;
      }
      this.#addTransform(transform.transform(), length, [x, y].map(varies));
    }
  }

  /** With Z the transform of x + iy, that of x is (Z_f + Z*_−f) / 2 and of y (Z_f − Z*_−f) / 2i. */
  #addTransform(z: Float64Array, length: number, [hasX, hasY]: readonly boolean[]): void {
    // Of a signal without power, there would be the rounding errors of the other's transform.
    const [xPart, yPart] = [hasX ? 0.5 : 0, hasY ? 0.5 : 0];
    for (let f = 0; f < this.cross.length; f++) {
      const [a, b] = [POINT * f, POINT * ((length - f) % length)];
      const [xRe, xIm] = [xPart * (z[a]! + z[b]!), xPart * (z[a + 2]! - z[b + 2]!)];
      const [yRe, yIm] = [yPart * (z[a + 2]! + z[b + 2]!), yPart * (z[b]! - z[a]!)];
      this.#first[f]! += xRe * xRe + xIm * xIm;
      this.#second[f]! += yRe * yRe + yIm * yIm;
      this.cross[f]! += xRe * yRe + xIm * yIm;
      this.#crossImaginary[f]! += xIm * yRe - xRe * yIm;
    }
  }

  coherence(): Pick<Coherence, "coherence" | "phaseRad"> {
    const imaginary = this.#crossImaginary;
    return {
      coherence: this.cross.map(
        (real, f) => (real * real + imaginary[f]! ** 2) / (this.#first[f]! * this.#second[f]!),
      ),
      phaseRad: this.cross.map((real, f) => Math.atan2(imaginary[f]!, real)),
    };
  }
}

const varies = (aboutMean: Float64Array): boolean => aboutMean.some((value) => value !== 0);

/**
 * Coherence that independent signals exceed with probability α = 0.05, from n independent estimates:
 * 1 − α^(1 / (n − 1)) (Goodman 1957; Carter 1987, Proc IEEE 75:236). 1 for a single estimate.
 */
const coherenceLevel = (estimates: number) =>
  estimates > 1 ? 1 - 0.05 ** (1 / (estimates - 1)) : 1;

function groupsOf(first: Uint32Array, second: Uint32Array): Int32Array {
  const most = [...first, ...second].reduce((largest, cell) => Math.max(largest, cell), 0);
  const groups = new Int32Array(most + 1).fill(-1);
  for (const cell of first) groups[cell] = 0;
  for (const cell of second) groups[cell] = 1;
  return groups;
}
