import { INPUT_CURSOR } from "../kernel/control.ts";
import { receptorNumber } from "../model/receptors.ts";
import {
  type ScheduledInput,
  type Stimulus,
  scheduledInputs,
} from "../network/stimuli/stimulus.ts";
import type { EngineMemory } from "./layout.ts";

/**
 * The scheduled inputs of an engine's stimuli, some of which are always in its memory: there the
 * kernel finds those before a time that `provide` returns.
 */
export class ScheduledInputs {
  stimuli: readonly Stimulus[] = [];
  #inputs: Iterator<ScheduledInput, void> = [].values();
  /** The first one that is not in memory. */
  #next: ScheduledInput | undefined;

  /** Begins anew with all inputs at `nowMs` and later, none of which is in memory yet. */
  open({ work, inputMs }: EngineMemory, nowMs: number): void {
    work[INPUT_CURSOR] = 0;
    inputMs[0] = Infinity;
    this.#inputs = scheduledInputs(this.stimuli, nowMs);
    this.#pass();
  }

  /**
   * Puts inputs before `untilMs` into memory, as many as it holds; the time up to which all are there.
   *
   * @throws {RangeError} when more come at one instant than memory holds.
   */
  provide(memory: EngineMemory, untilMs: number): number {
    if (this.#next && this.#next.timeMs < untilMs) this.#fill(memory, untilMs);
    return Math.min(untilMs, this.#next?.timeMs ?? Infinity);
  }

  #fill({ work, inputMs, inputTarget, inputWeightMv }: EngineMemory, untilMs: number): void {
    const end = inputMs.indexOf(Infinity);
    const cursor = work[INPUT_CURSOR]!;
    for (const array of [inputMs, inputTarget, inputWeightMv]) array.copyWithin(0, cursor, end);
    let count = end - cursor;
    for (; count < inputTarget.length && this.#next && this.#next.timeMs < untilMs; count++) {
      const { timeMs, cell, receptor, weightMv } = this.#next;
      inputMs[count] = timeMs;
      inputTarget[count] = 4 * cell + receptorNumber[receptor];
      inputWeightMv[count] = weightMv;
      this.#pass();
    }
    inputMs[count] = Infinity;
    work[INPUT_CURSOR] = 0;
    if (this.#next?.timeMs !== inputMs[0]) return;
    throw new RangeError(
      `More than ${count} inputs from outside come at ${inputMs[0]} ms: an engine of this size ` +
        "takes no more at one instant. Spread them in time, or give fewer cells of them.",
    );
  }

  #pass(): void {
    this.#next = this.#inputs.next().value ?? undefined;
  }
}
