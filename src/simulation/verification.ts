import type { CellState } from "../engine/cell-state.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import { parseOriginalOverrides } from "../model/overrides.ts";
import type { RunEvent } from "../recording/run-event.ts";
import type { Growth } from "../timeline/interventions/growth.ts";
import { informationEntry } from "../timeline/protocol-entries-2014.ts";
import { Simulation, type SimulationOptions } from "./advance.ts";

/** Quantities that not all recorded runs have. @inline */
type Unrecorded = "activity" | "lastSensorUpdateMs" | "rateErrorIntegral" | "blockCount";

/** A recorded run of the original under NEURON. */
export interface ReferenceRun {
  readonly name: string;
  readonly model: 2013 | 2014;
  /** The override string of the original's command line. */
  readonly original: string;
  readonly durationMs: number;
  readonly spikeTimesMs: Float64Array;
  readonly spikeCells: ArrayLike<number>;
  readonly cellEvents: number;
  /** State of all cells at the end. */
  readonly finalCells: Omit<CellState, Unrecorded> & Partial<Pick<CellState, Unrecorded>>;
  /** Plastic gains at the end, one per synapse; undefined for runs without STDP. */
  readonly finalPlasticGains: Float64Array | undefined;
  /** Cells that died in any way, in order of time: in the 2014 model, as are the following. */
  readonly deaths?: readonly ReferenceDeath[];
  /** Draws for deaths of cells by themselves. */
  readonly deathDraws?: number | undefined;
  readonly growth?: Growth;
  /** Means of the recorded signal, one for each of its inputs. */
  readonly signal?: readonly number[] | undefined;
}

/** Death of a cell; with draw and probability if it died by itself. */
export interface ReferenceDeath {
  readonly timeMs: number;
  readonly cell: number;
  readonly draw?: number | undefined;
  readonly probability?: number | undefined;
}

/** Comparison of a replay with its reference: the largest differences, and if they are within tolerance. */
export interface VerificationReport {
  readonly name: string;
  /** Program that recorded a published run; absent: the original. */
  readonly recordedBy?: string;
  readonly spikes: number;
  readonly identicalSpikes: number;
  /** Beginning of the first stretch of a published run in which spikes differ, ms. */
  readonly firstDifferingMs?: number | undefined;
  /** The first spike in which replay and reference differ. */
  readonly firstDifference:
    | {
        readonly spike: number;
        readonly expected: { readonly timeMs: number; readonly cell: number } | undefined;
        readonly found: { readonly timeMs: number; readonly cell: number } | undefined;
        /** True if a weight had magnified rounding before: then no two implementations agree for long. */
        readonly afterExpansion: boolean;
      }
    | undefined;
  readonly checks: readonly {
    readonly quantity: string;
    /** The largest difference found, or the number of differences where equality is asked. */
    readonly worst: number;
    readonly tolerance: number;
    readonly passed: boolean;
  }[];
  readonly passed: boolean;
}

type FirstDifference = NonNullable<VerificationReport["firstDifference"]>;
export type VerificationCheck = VerificationReport["checks"][number];

export const SPIKE_TIME_TOLERANCE_MS = 1e-6;
const RELATIVE_TOLERANCE = 1e-9;
const MEMBRANE_TOLERANCE = 1e-6;

/** Interval of progress reports, simulated ms. */
export const PROGRESS_INTERVAL_MS = 1000;

/**
 * Comparison of a reference run of the original with its replay from parameters and seeds alone.
 *
 * Required are the same cells in the same order with times within 10⁻⁶ ms, equal counts, relative
 * differences of gains, rates, integrals and scale factors below 10⁻⁹, and membrane states within
 * 10⁻⁶ mV.
 *
 * @param onProgress receives the simulated time and the duration, ms
 * @throws {InvalidParametersError} if the overrides of the reference run are not understood
 * @example
 * ```ts
 * import { verify } from "isocortex";
 * import { readReferenceRun } from "isocortex/node";
 *
 * const folder = "node_modules/isocortex/test/reference/double-size-10s";
 * const report = verify(readReferenceRun(folder));
 * console.log(report.passed, report.identicalSpikes, report.checks);
 * ```
 */
export function verify(
  reference: ReferenceRun,
  onProgress: (simulatedMs: number, durationMs: number) => void = () => {},
): VerificationReport {
  const simulation = replay(reference);
  const spikes = new SpikeComparison(reference, simulation);
  const deaths: ReferenceDeath[] = [];
  const note = (event: RunEvent) => {
    if (event.kind !== "deletion") return;
    for (const cell of event.cells) deaths.push({ ...event, cell });
  };
  const { durationMs } = reference;
  while (simulation.timeMs < durationMs) {
    const untilMs = Math.min(simulation.timeMs + PROGRESS_INTERVAL_MS, durationMs);
    simulation.advance(untilMs, (times, cells, count) => spikes.compare(times, cells, count), note);
    onProgress(simulation.timeMs, durationMs);
  }
  simulation.finish(note);
  const growth = simulation.growth ?? NO_GROWTH;
  const firstDifference = spikes.finish();
  const checks = [
    within("spike times (ms)", spikes.worstTimeMs, SPIKE_TIME_TOLERANCE_MS),
    within("cell events", Math.abs(simulation.cellEventCount - reference.cellEvents), 0),
    ...compareCells(simulation.cellState(), reference.finalCells),
    ...(reference.finalPlasticGains
      ? [relative("plastic gains", simulation.plasticGains(), reference.finalPlasticGains)]
      : []),
    ...(reference.deaths ? compareDeaths(deaths, reference.deaths) : []),
    ...(reference.deathDraws === undefined
      ? []
      : [within("draws for deaths", Math.abs(simulation.deathDraws - reference.deathDraws), 0)]),
    ...(reference.growth
      ? [relative("growth factor", Object.values(growth), valuesOf(reference.growth, growth))]
      : []),
  ];
  return {
    name: reference.name,
    spikes: reference.spikeTimesMs.length,
    identicalSpikes: spikes.identical,
    firstDifference,
    checks,
    passed: firstDifference === undefined && checks.every(({ passed }) => passed),
  };
}

/** Without a growth factor. */
const NO_GROWTH: Growth = { targetActivity: 0, factor: 1 };

const valuesOf = (values: Growth, order: Growth): number[] =>
  Object.keys(order).map((key) => values[key as keyof Growth]);

/** The simulation of a reference run, with the signal that its electrodes give. */
export function replay(
  { original, model, signal }: Pick<ReferenceRun, "original" | "model" | "signal">,
  engine?: SimulationOptions["engine"],
): Simulation {
  const overrides = parseOriginalOverrides(original);
  const parameters = resolveParameters({ ...overrides, model: `${model}` });
  const entries = signal ? [informationEntry(parameters, signal)] : [];
  return new Simulation(parameters, { entries, engine });
}

function compareDeaths(
  found: readonly ReferenceDeath[],
  expected: readonly ReferenceDeath[],
): VerificationCheck[] {
  const column = (deaths: readonly ReferenceDeath[], value: (death: ReferenceDeath) => number) =>
    deaths.map(value);
  return [
    equal(
      "dead cells",
      column(found, ({ cell }) => cell),
      column(expected, ({ cell }) => cell),
    ),
    within(
      "times of death (ms)",
      worstDifference(
        column(found, ({ timeMs }) => timeMs),
        column(expected, ({ timeMs }) => timeMs),
      ),
      SPIKE_TIME_TOLERANCE_MS,
    ),
    ...(["draw", "probability"] as const).map((name) =>
      relative(
        name === "draw" ? "draws of deaths" : "probabilities of deaths",
        column(found, ({ [name]: value = 0 }) => value),
        column(expected, ({ [name]: value = 0 }) => value),
      ),
    ),
  ];
}

/** Compares spikes as they come, up to the first that differs. */
class SpikeComparison {
  identical = 0;
  worstTimeMs = 0;
  readonly #reference: ReferenceRun;
  readonly #simulation: Simulation;
  #firstDifference: FirstDifference | undefined;

  constructor(reference: ReferenceRun, simulation: Simulation) {
    this.#reference = reference;
    this.#simulation = simulation;
  }

  compare(timesMs: Float64Array, cells: Uint32Array, count: number): void {
    const { spikeTimesMs, spikeCells } = this.#reference;
    for (let k = 0; k < count && !this.#firstDifference; k++) {
      const differenceMs = Math.abs(timesMs[k]! - spikeTimesMs[this.identical]!);
      if (cells[k] !== spikeCells[this.identical] || !(differenceMs <= SPIKE_TIME_TOLERANCE_MS)) {
        this.#note({ timeMs: timesMs[k]!, cell: cells[k]! });
      } else {
        this.worstTimeMs = Math.max(this.worstTimeMs, differenceMs);
        this.identical++;
      }
    }
  }

  /** The first difference; a reference that goes on after the replay's last spike is one, too. */
  finish(): FirstDifference | undefined {
    if (!this.#firstDifference && this.identical < this.#reference.spikeTimesMs.length) {
      this.#note(undefined);
    }
    return this.#firstDifference;
  }

  #note(found: FirstDifference["found"]): void {
    const { spikeTimesMs, spikeCells } = this.#reference;
    const spike = this.identical;
    const expected =
      spike < spikeTimesMs.length
        ? { timeMs: spikeTimesMs[spike]!, cell: spikeCells[spike]! }
        : undefined;
    const earliestMs = Math.min(found?.timeMs ?? Infinity, expected?.timeMs ?? Infinity);
    const afterExpansion = this.#simulation.expandingSinceMs <= earliestMs;
    this.#firstDifference = { spike, expected, found, afterExpansion };
  }
}

function compareCells(found: CellState, expected: ReferenceRun["finalCells"]): VerificationCheck[] {
  const { activity, lastSensorUpdateMs, rateErrorIntegral, blockCount } = expected;
  return [
    equal("living cells", found.alive, expected.alive),
    equal("spike counts", found.spikeCount, expected.spikeCount),
    ...(blockCount ? [equal("depolarization blocks", found.blockCount, blockCount)] : []),
    ...(activity && lastSensorUpdateMs
      ? [
          relative("sensed activity", found.activity, activity),
          within(
            "sensor updates (ms)",
            worstDifference(found.lastSensorUpdateMs, lastSensorUpdateMs),
            SPIKE_TIME_TOLERANCE_MS,
          ),
        ]
      : []),
    relative("sensed rates", found.sensedRateKhz, expected.sensedRateKhz),
    relative("target rates", found.targetRateKhz, expected.targetRateKhz),
    ...(rateErrorIntegral
      ? [relative("rate-error integrals", found.rateErrorIntegral, rateErrorIntegral)]
      : []),
    relative("scale factors", found.scaleFactor, expected.scaleFactor),
    within(
      "membrane state (mV, ms)",
      Math.max(...membraneFields.map((field) => worstDifference(found[field], expected[field]))),
      MEMBRANE_TOLERANCE,
    ),
  ];
}

const membraneFields = [
  "ampaDistalMv",
  "nmdaDistalMv",
  "gabaProximalMv",
  "gabaDistalMv",
  "afterhyperpolarizationMv",
  "dynamicThresholdMv",
  "lastUpdateMs",
] as const;

export function within(quantity: string, worst: number, tolerance: number): VerificationCheck {
  return { quantity, worst, tolerance, passed: worst <= tolerance };
}

function equal(quantity: string, found: Values, expected: Values): VerificationCheck {
  let differing = Math.abs(found.length - expected.length);
  for (let k = 0; k < expected.length; k++) if (found[k] !== expected[k]) differing++;
  return within(`${quantity} (differing)`, differing, 0);
}

export function relative(quantity: string, found: Values, expected: Values): VerificationCheck {
  let worst = found.length === expected.length ? 0 : Infinity;
  for (let k = 0; k < expected.length; k++) {
    const difference = Math.abs(found[k]! - expected[k]!);
    if (difference > 0) worst = Math.max(worst, difference / Math.abs(expected[k]!));
  }
  return within(`${quantity} (relative)`, worst, RELATIVE_TOLERANCE);
}

function worstDifference(found: Values, expected: Values): number {
  let worst = found.length === expected.length ? 0 : Infinity;
  for (let k = 0; k < expected.length; k++) {
    worst = Math.max(worst, Math.abs(found[k]! - expected[k]!));
  }
  return worst;
}

type Values = ArrayLike<number>;
