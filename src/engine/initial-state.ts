import type { ExternalStreams } from "../network/external-streams.ts";
import {
  BASE_THRESHOLD,
  RECORD,
  REFRACTORY_UNTIL,
  SCALE_FACTOR,
  TARGET_RATE,
  THRESHOLD,
} from "./cell-record.ts";
import { EXPANDING_SINCE, EXTERNAL_FACTOR, SLOT_EVENTS, SLOTS_PER_MS } from "./control.ts";
import type { EngineMemory } from "./engine-memory.ts";
import { rewindStreams, seedStreams, wakeStreams } from "./external-input.ts";

/** How far apart the original seeds its external streams. */
export const STREAM_SEED_STEP = 10;

/** Sets the state at the start of a run: everything at rest, every stream's first event drawn. */
export function initializeState(
  memory: EngineMemory,
  inputSeed: number,
  streams: ExternalStreams,
  slotMs = usualSlotMs(streams),
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
  memory.work[SLOTS_PER_MS] = powerOfTwoFrom(1 / slotMs);
  rewindStreams(memory, 0);
}

/** The time in which all streams together send SLOT_EVENTS events; at most 1 ms. */
function usualSlotMs({ meanIntervalMs }: ExternalStreams): number {
  const ratePerMs = meanIntervalMs.reduce((sum, meanMs) => sum + 1 / meanMs, 0);
  return Math.min(1, SLOT_EVENTS / ratePerMs);
}

/** The least power of two that is not below `value`: slots then begin at times that are exact. */
function powerOfTwoFrom(value: number): number {
  let power = 1;
  while (power < value) power *= 2;
  while (power / 2 >= value) power /= 2;
  return power;
}
