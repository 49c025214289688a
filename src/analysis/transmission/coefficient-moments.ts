import { type ComplexArray, complexArray } from "./complex-array.ts";
import { logDeterminant } from "./complex-wishart.ts";

/** Layout of the Fourier coefficients: trains, frequencies, bands. */
export interface CoefficientLayout {
  readonly trainCount: number;
  /** Successive frequencies in each band; there are bandCount · perBand in all. */
  readonly perBand: number;
  readonly bandCount: number;
  /** Segments of a trial, each with a mean of its own. */
  readonly segmentsPerTrial: number;
  /** Trains whose coefficients are taken together, per group. */
  readonly groups: readonly (readonly number[])[];
}

/**
 * Sums of squares and products of Fourier coefficients about their mean over trials, by band of
 * frequency.
 *
 * The mean is that of each train, frequency and segment of a trial; deviations of all frequencies of
 * a band and all segments are taken together. Moments are updated trial by trial (Welford 1962,
 * Technometrics 4:419), so that no trial's coefficients are kept and equal ones leave exactly 0.
 */
export class CoefficientMoments {
  readonly #layout: CoefficientLayout;
  readonly #frequencyCount: number;
  /** Number of times each segment of a trial has been added. */
  readonly #counts: Uint32Array;
  /** Per segment, means of all coefficients. */
  readonly #means: readonly ComplexArray[];
  /** Per train and band, Σ |deviation|². */
  readonly #powers: Float64Array;
  /** Per group and band, Σ x_i conj(x_j) for j ≤ i, at i (i + 1) / 2 + j. */
  readonly #products: readonly (readonly ComplexArray[])[];

  constructor(layout: CoefficientLayout) {
    const { trainCount, perBand, bandCount, segmentsPerTrial, groups } = layout;
    this.#layout = layout;
    this.#frequencyCount = bandCount * perBand;
    this.#counts = new Uint32Array(segmentsPerTrial);
    this.#means = Array.from({ length: segmentsPerTrial }, () =>
      complexArray(trainCount * this.#frequencyCount),
    );
    this.#powers = new Float64Array(trainCount * bandCount);
    this.#products = groups.map(({ length }) =>
      Array.from({ length: bandCount }, () => complexArray((length * (length + 1)) / 2)),
    );
  }

  /** Independent deviations that each band's sums are worth. */
  get degrees(): number {
    const { perBand } = this.#layout;
    return this.#counts.reduce((sum, count) => sum + perBand * Math.max(0, count - 1), 0);
  }

  /** Σ |deviation|² of one train in a band. */
  power(train: number, band: number): number {
    return this.#powers[train * this.#layout.bandCount + band]!;
  }

  /**
   * ln det of a group's products in a band.
   *
   * @param members places in the group of the trains that count, ascending.
   */
  logDeterminant(group: number, band: number, members: readonly number[]): number {
    const { re, im } = this.#products[group]![band]!;
    const places = members.flatMap((i, row) =>
      members.slice(0, row + 1).map((j) => (i * (i + 1)) / 2 + j),
    );
    const chosen = {
      re: Float64Array.from(places, (place) => re[place]!),
      im: Float64Array.from(places, (place) => im[place]!),
    };
    return logDeterminant(chosen, members.length);
  }

  /**
   * Adds one segment's coefficients, those of train i and frequency f at i · frequencies + f; they
   * are overwritten by their deviations.
   */
  add(segment: number, coefficients: ComplexArray): void {
    const count = this.#counts[segment]! + 1;
    this.#counts[segment] = count;
    this.#subtractMeans(this.#means[segment]!, coefficients, count);
    if (count === 1) return;
    const weight = (count - 1) / count;
    this.#addPowers(coefficients, weight);
    this.#layout.groups.forEach((_, group) => {
      this.#addProducts(group, coefficients, weight);
    });
  }

  #subtractMeans(mean: ComplexArray, { re, im }: ComplexArray, count: number): void {
    for (let k = 0; k < re.length; k++) {
      re[k]! -= mean.re[k]!;
      im[k]! -= mean.im[k]!;
      mean.re[k]! += re[k]! / count;
      mean.im[k]! += im[k]! / count;
    }
  }

  #addPowers({ re, im }: ComplexArray, weight: number): void {
    const { perBand } = this.#layout;
    for (let band = 0; band < this.#powers.length; band++) {
      let sum = 0;
      for (let k = band * perBand; k < (band + 1) * perBand; k++) sum += re[k]! ** 2 + im[k]! ** 2;
      this.#powers[band]! += weight * sum;
    }
  }

  #addProducts(group: number, { re, im }: ComplexArray, weight: number): void {
    const trains = this.#layout.groups[group]!;
    const deviations = complexArray(trains.length);
    for (let f = 0; f < this.#frequencyCount; f++) {
      trains.forEach((train, place) => {
        deviations.re[place] = re[train * this.#frequencyCount + f]!;
        deviations.im[place] = im[train * this.#frequencyCount + f]!;
      });
      const band = Math.floor(f / this.#layout.perBand);
      addOuterProduct(this.#products[group]![band]!, deviations, weight);
    }
  }
}

function addOuterProduct(sum: ComplexArray, { re, im }: ComplexArray, weight: number): void {
  let at = 0;
  for (let i = 0; i < re.length; i++) {
    const [a, b] = [weight * re[i]!, weight * im[i]!];
    for (let j = 0; j <= i; j++) {
      const [c, d] = [re[j]!, im[j]!];
      sum.re[at]! += a * c + b * d;
      sum.im[at]! += b * c - a * d;
      at++;
    }
  }
}
