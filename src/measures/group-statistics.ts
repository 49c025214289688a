import { BranchingEstimator, type BranchingRatio } from "../analysis/firing/branching-ratio.ts";
import { type CellBurstStatistics, CellBursts } from "../analysis/firing/cell-bursts.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import {
  type PopulationBurstStatistics,
  PopulationBursts,
} from "../analysis/firing/population-bursts.ts";
import type { Spikes } from "../analysis/firing/spikes.ts";
import { type MeanDensity, SegmentedDensity } from "../spectra/segmented-spectrum.ts";
import type { Coincidences } from "./coincidences.ts";

/** The groups of cells that are told apart besides populations. */
export const cellGroups = ["excitatory", "inhibitory"] as const;

export type CellGroup = (typeof cellGroups)[number];

/** Branching ratio and bursts of a group of cells. */
export interface BurstStatistics {
  /** By multistep regression. */
  readonly branching: BranchingRatio;
  /** Times at which the group fires more than independent cells would. */
  readonly population: PopulationBurstStatistics;
  /** Bursts of single cells. */
  readonly cells: CellBurstStatistics;
}

/** Course of a group's firing. */
export interface FiringCourse {
  readonly spectrum: MeanDensity;
  /** Undefined unless asked for. */
  readonly bursts?: BurstStatistics;
}

/** Course of a group's firing, and how its cells fire together. */
export interface GroupStatistics extends Coincidences, FiringCourse {}

/** Course of the firing of a group of cells, from its spikes, added block by block. */
export class FiringCourseCounter {
  readonly #spectrum: SegmentedDensity;
  readonly #bursts: BurstCounter | undefined;

  constructor(cells: Uint32Array, interval: Interval, hasBursts: boolean) {
    this.#spectrum = new SegmentedDensity(cells, interval);
    this.#bursts = hasBursts ? new BurstCounter(cells, interval) : undefined;
  }

  add(spikes: Spikes): void {
    this.#spectrum.add(spikes);
    this.#bursts?.add(spikes);
  }

  result(): FiringCourse {
    return {
      spectrum: this.#spectrum.result(),
      ...(this.#bursts && { bursts: this.#bursts.result() }),
    };
  }
}

class BurstCounter {
  readonly #branching: BranchingEstimator;
  readonly #population: PopulationBursts;
  readonly #cells: CellBursts;

  constructor(cells: Uint32Array, interval: Interval) {
    this.#branching = new BranchingEstimator(cells, interval);
    this.#population = new PopulationBursts(cells, interval);
    this.#cells = new CellBursts(cells, interval);
  }

  add(spikes: Spikes): void {
    for (const statistic of [this.#branching, this.#population, this.#cells]) statistic.add(spikes);
  }

  result(): BurstStatistics {
    return {
      branching: this.#branching.result(),
      population: this.#population.result(),
      cells: this.#cells.result(),
    };
  }
}
