import type { Parameters } from "../model/parameters.ts";
import type { PotentialSchedule } from "../recording/potentials.ts";
import { checkPotentials } from "./potentials.ts";
import { checkCheckpointTimes, checkGainTimes } from "./schedule.ts";

/** Recordings of a run besides spikes, events and samples; times in ms. */
export interface Recordings {
  readonly gainTimesMs?: readonly number[] | undefined;
  readonly checkpointTimesMs?: readonly number[] | undefined;
  readonly potentials?: PotentialSchedule | undefined;
}

/**
 * Checks recordings against the run, before anything is built or written.
 *
 * @param startMs where the record begins
 * @throws {RangeError} when a time or a cell is not one of the run's
 */
export function checkRecordings(recordings: Recordings, parameters: Parameters, startMs = 0): void {
  const { gainTimesMs, checkpointTimesMs, potentials } = recordings;
  checkGainTimes(parameters, gainTimesMs, startMs);
  checkCheckpointTimes(parameters, checkpointTimesMs, startMs);
  if (potentials) checkPotentials(potentials, parameters, startMs);
}
