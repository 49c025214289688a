import { CHAINS } from "../kernel/control.ts";
import type { EngineMemory } from "./layout.ts";

/*
 * The axonal chains under way, in the order of the spikes that started them (see kernel/axons.ts,
 * which starts and follows them).
 */

/** Stops the chains of cells that are not active. */
export function endInactiveChains(memory: EngineMemory): void {
  const { chainCell, control, active } = memory;
  const count = control[CHAINS]!;
  let kept = 0;
  for (let k = 0; k < count; k++) {
    if (active[chainCell[k]!]) moveChain(memory, k, kept++);
  }
  control[CHAINS] = kept;
}

/** Clears what ended chains and departures left behind, so that equal states are equal bytes. */
export function clearEndedChains(memory: EngineMemory): void {
  const { chainTimeMs, chainOrder, chainSynapse, chainCell, control, state } = memory;
  for (const array of [chainTimeMs, chainOrder, chainSynapse, chainCell]) {
    array.fill(0, control[CHAINS]);
  }
  const { departureCount, departureMs, departureOrder, departureSynapse, departureCell } = state;
  for (const array of [departureMs, departureOrder, departureSynapse, departureCell]) {
    array?.fill(0, departureCount![0]);
  }
}

function moveChain(memory: EngineMemory, from: number, to: number): void {
  memory.chainTimeMs[to] = memory.chainTimeMs[from]!;
  memory.chainOrder[to] = memory.chainOrder[from]!;
  memory.chainSynapse[to] = memory.chainSynapse[from]!;
  memory.chainCell[to] = memory.chainCell[from]!;
}
