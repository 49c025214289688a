import type { RunWriter } from "../recording/run-writer.ts";
import type { Simulation } from "./advance.ts";
import { Recorder } from "./recorder.ts";
import type { RunOptions, RunOutcome } from "./run-options.ts";

/**
 * Carries a simulation to its end and records it: spikes, the protocol's events, samples of all
 * cells, plastic gains; and checkpoints, from which it can be continued.
 *
 * The record does not depend on how time is divided into stretches, nor on the environment, nor on
 * how often it was cut off. A simulation that has begun goes on from where its record stands.
 */
export async function run(
  simulation: Simulation,
  writer: RunWriter,
  options: RunOptions,
): Promise<RunOutcome> {
  const recorder = new Recorder(simulation, writer, options);
  const { environment, signal } = options;
  try {
    while (!recorder.done) {
      if (signal?.aborted || recorder.reachedLimit) {
        recorder.interrupt();
        return "interrupted";
      }
      recorder.stretch();
      await environment.yieldTurn();
    }
    recorder.complete();
    return "complete";
  } catch (error) {
    recorder.fail();
    throw error;
  }
}
