import type { ExternalStreams } from "../network/external-streams.ts";
import {
  BASE_THRESHOLD,
  RECORD,
  REFRACTORY_UNTIL,
  SCALE_FACTOR,
  TARGET_RATE,
  THRESHOLD,
} from "./cell-record.ts";
import { EXPANDING_SINCE, EXTERNAL_FACTOR } from "./control.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { seedStreams, wakeStreams } from "./external-input.ts";

/** How far apart the original seeds its external streams. */
const STREAM_SEED_STEP = 10;

/** Sets the state at the start of a run: everything at rest, every stream's first event drawn. */
export function initializeState(
  memory: EngineMemory,
  inputSeed: number,
  streams: ExternalStreams,
): void {
  const { cell, classOffset, classConstant } = memory;
  memory.control[EXTERNAL_FACTOR] = 1;
  memory.control[EXPANDING_SINCE] = Infinity;
  memory.externalMv.set(memory.externalBaseMv);
  memory.lastSpikeMs.fill(-Infinity);
  memory.plasticGain.fill(1);
  memory.alive.fill(1);
  for (let index = 0; index < memory.alive.length; index++) {
    const record = RECORD * index;
    cell[record + THRESHOLD] = classConstant[classOffset[index]! + BASE_THRESHOLD]!;
    cell[record + REFRACTORY_UNTIL] = Infinity;
    cell[record + TARGET_RATE] = -1;
    cell[record + SCALE_FACTOR] = 1;
  }
  memory.streamRemaining.set(streams.eventLimit);
  seedStreams(memory, inputSeed, STREAM_SEED_STEP);
  memory.streamNextMs.fill(Infinity);
  wakeStreams(memory, 0);
}
