import { BASE_THRESHOLD, CLASS_RECORD, RECORD, THRESHOLD } from "../kernel/cell-record.ts";
import {
  type ExternalInput,
  inputSeedsOf,
  seedStreams,
  targetOf,
  wakeStreams,
} from "./external-input.ts";

/** Sets the state at the start of a run: everything at rest, every stream's first event drawn. */
export function initializeState(input: ExternalInput): void {
  const { memory, streams } = input;
  for (const [name, { initial }] of Object.entries(memory.stateArrays)) {
    const array = memory.state[name]!;
    const period = initial.length;
    if (period === 1) array.fill(initial[0]!);
    else for (let entry = 0; entry < array.length; entry++) array[entry] = initial[entry % period]!;
  }
  const { cell, cellClass, classConstant } = memory;
  cellClass.forEach((ofClass, index) => {
    cell[RECORD * index + THRESHOLD] = classConstant[CLASS_RECORD * ofClass + BASE_THRESHOLD]!;
  });
  for (let stream = 0; stream < streams.count; stream++) {
    memory.streamRemaining[targetOf(streams, stream)] = streams.eventLimit[stream]!;
  }
  seedStreams(memory, inputSeedsOf(input));
  wakeStreams(memory, 0);
  // Nothing waits in any list.
  memory.pendingHead.fill(-1);
  memory.dueMs.fill(Infinity);
  memory.latestSpike.fill(-1);
  memory.inputMs.fill(Infinity);
}
