import type { Receptor } from "../../model/receptors.ts";

/** An input that a stimulus sends to a cell. */
export interface StimulusInput {
  readonly timeMs: number;
  readonly cell: number;
  /** Its own weight, where inputs of one stimulus differ. */
  readonly weightMv?: number;
}

/** Input from outside at times that do not depend on what the network does. */
export interface Stimulus {
  readonly receptor: Receptor;
  readonly weightMv: number;
  /**
   * Its inputs at `fromMs` and later, in order of time.
   *
   * They follow from the stimulus alone, so that a run can go on from any time without a record of
   * those before; and they are drawn one by one, so that memory does not grow with their number.
   */
  inputs(fromMs: number): Iterator<StimulusInput, void>;
}

/** An input as a receptor receives it. */
export interface ScheduledInput extends Required<StimulusInput> {
  readonly receptor: Receptor;
}

/** The inputs of all stimuli at `fromMs` and later, by time; equal times in the order of the stimuli. */
export function* scheduledInputs(
  stimuli: readonly Stimulus[],
  fromMs: number,
): Generator<ScheduledInput, void> {
  const streams = stimuli.map((stimulus) => {
    const inputs = stimulus.inputs(fromMs);
    return { stimulus, inputs, next: inputs.next().value };
  });
  while (true) {
    let first: (typeof streams)[number] | undefined;
    for (const stream of streams) {
      if (stream.next && !(first && first.next!.timeMs <= stream.next.timeMs)) first = stream;
    }
    if (!first) return;
    const { stimulus, inputs, next } = first;
    const { timeMs, cell, weightMv = stimulus.weightMv } = next!;
    yield { timeMs, cell, weightMv, receptor: stimulus.receptor };
    first.next = inputs.next().value;
  }
}
