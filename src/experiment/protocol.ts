import type { Engine } from "../engine/engine.ts";
import type { Parameters } from "../model/parameters.ts";
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

/** Where a protocol stands; what it did to the network is in the engine's state. */
export interface ProtocolState {
  /** Next times of each kind of switch, ms; null for never again. */
  readonly scalingMs: number | null;
  readonly deletionMs: number | null;
  readonly trialMs: number | null;
  readonly nextTrial: "unique" | "repeat";
}

/** Published seed of repeat trials; unique trials are seeded by the time, ms, plus 1. */
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

  /** Carries out all switches due at the engine's time. */
  apply(engine: Engine): ProtocolEvent[] {
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

  #beginTrial(engine: Engine): ProtocolEvent {
    const { timeMs } = engine;
    const input = this.#nextTrial;
    const { trialSeed, trialDurationMs } = this.#parameters;
    const uniqueSeed = timeMs + 1 + (trialSeed - PUBLISHED_TRIAL_SEED);
    engine.reseedExternalInput(input === "unique" ? uniqueSeed : trialSeed);
    this.#nextTrial = input === "unique" ? "repeat" : "unique";
    this.#trialMs += trialDurationMs;
    return { kind: "trial", timeMs, input };
  }

  #deleteCells(engine: Engine): ProtocolEvent {
    const { timeMs } = engine;
    const { deletionStepCells, deletionIntervalMs, reduceExternalInput, externalReduction } =
      this.#parameters;
    const { scaleFactor } = engine.cellState();
    const cells = this.#lottery.draw(deletionStepCells, scaleFactor);
    const { livingCount } = this.#lottery;
    engine.deleteCells(cells);
    if (reduceExternalInput) {
      engine.setExternalFactor(1 - (1 - livingCount / this.#cellCount) * externalReduction);
    }
    this.#deletionMs =
      livingCount > deletionStepCells ? this.#deletionMs + deletionIntervalMs : Infinity;
    const scaleFactors = cells.map((cell) => scaleFactor[cell]!);
    return { kind: "deletion", timeMs, cells, scaleFactors, livingCount };
  }
}
