import type { ExternalStreams } from "../network/external-streams.ts";
import {
  BASE_THRESHOLD,
  CLASS_RECORD,
  RECORD,
  REFRACTORY_UNTIL,
  SCALE_FACTOR,
  TARGET_RATE,
  THRESHOLD,
} from "./cell-record.ts";
import { EXPANDING_SINCE, EXTERNAL_FACTOR } from "./control.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { seedStreams, targetOf, wakeStreams } from "./external-input.ts";

/** How far apart the original seeds its external streams. */
export const STREAM_SEED_STEP = 10;

/** Sets the state at the start of a run: everything at rest, every stream's first event drawn. */
export function initializeState(
  memory: EngineMemory,
  inputSeed: number,
  streams: ExternalStreams,
): void {
  const { cell, cellClass, classConstant } = memory;
  memory.control[EXTERNAL_FACTOR] = 1;
  memory.control[EXPANDING_SINCE] = Infinity;
  memory.lastSpikeMs.fill(-Infinity);
  memory.plasticGain.fill(1);
  memory.active.fill(1);
  for (let index = 0; index < memory.active.length; index++) {
    const record = RECORD * index;
    cell[record + THRESHOLD] = classConstant[CLASS_RECORD * cellClass[index]! + BASE_THRESHOLD]!;
    cell[record + REFRACTORY_UNTIL] = Infinity;
    cell[record + TARGET_RATE] = -1;
    cell[record + SCALE_FACTOR] = 1;
  }
  for (let stream = 0; stream < streams.count; stream++) {
    memory.streamRemaining[targetOf(streams, stream)] = streams.eventLimit[stream]!;
  }
  seedStreams(memory, inputSeed, STREAM_SEED_STEP);
  memory.streamNextMs.fill(Infinity);
  wakeStreams(memory, 0);
  // Nothing waits in any list.
  memory.pendingHead.fill(-1);
  memory.dueMs.fill(Infinity);
  memory.latestSpike.fill(-1);
}
