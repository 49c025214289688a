import type { SimulationEngine } from "../engine/simulation-engine.ts";
import type { Parameters } from "../model/parameters.ts";
import type { SimulationState } from "../recording/checkpoint.ts";
import { DeletionLottery } from "./deletion.ts";

/** What a protocol did to the network at one time. */
export type ProtocolEvent =
  | { readonly kind: "scaling-on"; readonly timeMs: number }
  | { readonly kind: "trial"; readonly timeMs: number; readonly input: "unique" | "repeat" }
  | {
      readonly kind: "deletion";
      readonly timeMs: number;
      readonly cells: readonly number[];
      /** Scale factors that the cells died with, in the order of `cells`. */
      readonly scaleFactors: readonly number[];
      readonly livingCount: number;
    };

/**
 * Where a protocol stands: next times of each kind of switch, ms, null for never again; what it
 * did to the network is in the engine's state.
 */
export type ProtocolState = SimulationState["protocol"];

/** Published seed of repeat trials; unique trials are seeded by the time, ms, plus 1, so that short ones share seeds of streams. */
const PUBLISHED_TRIAL_SEED = 1234;

/**
 * The switches of an experiment, each at its time: scaling on; in deletion runs also the rounds of
 * deletion, and external input that alternates between unique and repeat trials.
 *
 * All happen before the cells' events of the same instant.
 */
export class Protocol {
  readonly #parameters: Parameters;
  readonly #lottery: DeletionLottery;
  readonly #cellCount: number;
  #scalingMs: number;
  #deletionMs: number;
  #trialMs: number;
  #nextTrial: "unique" | "repeat" = "unique";

  constructor(parameters: Parameters, cellCount: number) {
    const deletes = parameters.protocol === "deletion";
    this.#parameters = parameters;
    this.#cellCount = cellCount;
    this.#lottery = new DeletionLottery(parameters, cellCount);
    this.#scalingMs = parameters.scaling ? parameters.scalingStartMs : Infinity;
    this.#deletionMs =
      deletes && cellCount > parameters.deletionStepCells
        ? parameters.deletionIntervalMs
        : Infinity;
    this.#trialMs = deletes ? 0 : Infinity;
  }

  /** When the next switch is due, ms; Infinity if there is none. */
  get nextMs(): number {
    return Math.min(this.#scalingMs, this.#deletionMs, this.#trialMs);
  }

  get state(): ProtocolState {
    const orNull = (timeMs: number) => (timeMs === Infinity ? null : timeMs);
    return {
      scalingMs: orNull(this.#scalingMs),
      deletionMs: orNull(this.#deletionMs),
      trialMs: orNull(this.#trialMs),
      nextTrial: this.#nextTrial,
    };
  }

  /** Takes up a state, with these cells alive (1). */
  restore({ scalingMs, deletionMs, trialMs, nextTrial }: ProtocolState, alive: Uint8Array): void {
    this.#scalingMs = scalingMs ?? Infinity;
    this.#deletionMs = deletionMs ?? Infinity;
    this.#trialMs = trialMs ?? Infinity;
    this.#nextTrial = nextTrial;
    this.#lottery.restore(alive);
  }

  /**
   * Takes up where a protocol with other parameters stands, at the engine's time; from now on,
   * this one's count.
   *
   * Scaling is on from its start, however long ago that is. Deletions and trials keep their beat;
   * another interval is counted from the last one, and what was not under way begins as it would
   * at the start of a run.
   */
  branchFrom(parent: Protocol, engine: SimulationEngine): void {
    this.restore(parent.state, engine.cellState().alive);
    this.#branchScaling(engine);
    const { protocol, deletionIntervalMs, deletionStepCells, trialDurationMs } = this.#parameters;
    const earlier = parent.#parameters;
    const nowMs = engine.timeMs;
    const deletes = protocol === "deletion";
    this.#deletionMs =
      deletes && this.#lottery.livingCount > deletionStepCells
        ? nextBeat(parent.#deletionMs, earlier.deletionIntervalMs, deletionIntervalMs, nowMs)
        : Infinity;
    this.#trialMs = deletes
      ? nextBeat(parent.#trialMs, earlier.trialDurationMs, trialDurationMs, nowMs)
      : Infinity;
    if (deletes && parent.#trialMs === Infinity) this.#trialMs = nowMs;
    engine.setExternalFactor(this.#externalFactor());
  }

  #branchScaling(engine: SimulationEngine): void {
    const { scaling, scalingStartMs } = this.#parameters;
    this.#scalingMs = Infinity;
    if (scaling && engine.scalingOn && scalingStartMs < engine.timeMs) return;
    engine.turnOffScaling();
    if (scaling) this.#scalingMs = Math.max(scalingStartMs, engine.timeMs);
  }

  /** Carries out all switches due at the engine's time. */
  apply(engine: SimulationEngine): ProtocolEvent[] {
    const { timeMs } = engine;
    const events: ProtocolEvent[] = [];
    if (this.#trialMs === timeMs) events.push(this.#beginTrial(engine));
    if (this.#scalingMs === timeMs) {
      engine.turnOnScaling();
      this.#scalingMs = Infinity;
      events.push({ kind: "scaling-on", timeMs });
    }
    if (this.#deletionMs === timeMs) events.push(this.#deleteCells(engine));
    return events;
  }

  #beginTrial(engine: SimulationEngine): ProtocolEvent {
    const { timeMs } = engine;
    const input = this.#nextTrial;
    const { trialSeed, trialDurationMs } = this.#parameters;
    const uniqueSeed = timeMs + 1 + (trialSeed - PUBLISHED_TRIAL_SEED);
    engine.reseedExternalInput(input === "unique" ? uniqueSeed : trialSeed);
    this.#nextTrial = input === "unique" ? "repeat" : "unique";
    this.#trialMs += trialDurationMs;
    return { kind: "trial", timeMs, input };
  }

  #deleteCells(engine: SimulationEngine): ProtocolEvent {
    const { timeMs } = engine;
    const { deletionStepCells, deletionIntervalMs } = this.#parameters;
    const { scaleFactor } = engine.cellState();
    const cells = this.#lottery.draw(deletionStepCells, scaleFactor);
    const { livingCount } = this.#lottery;
    engine.deleteCells(cells);
    engine.setExternalFactor(this.#externalFactor());
    this.#deletionMs =
      livingCount > deletionStepCells ? this.#deletionMs + deletionIntervalMs : Infinity;
    const scaleFactors = cells.map((cell) => scaleFactor[cell]!);
    return { kind: "deletion", timeMs, cells, scaleFactors, livingCount };
  }

  /** What external weights are multiplied with, as cells are lost. */
  #externalFactor(): number {
    const { reduceExternalInput, externalReduction } = this.#parameters;
    if (!reduceExternalInput) return 1;
    return 1 - (1 - this.#lottery.livingCount / this.#cellCount) * externalReduction;
  }
}

/** When an event that recurs is next due after its interval changed; never if it was not to recur. */
function nextBeat(nextMs: number, intervalMs: number, newIntervalMs: number, nowMs: number) {
  if (intervalMs === newIntervalMs && nextMs < Infinity) return nextMs;
  const lastMs = nextMs === Infinity ? nowMs : nextMs - intervalMs;
  return Math.max(nowMs, lastMs + newIntervalMs);
}
