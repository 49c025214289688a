import type { ArrivalState } from "./arrival-homeostasis.ts";
import type { CellVariables } from "./cell.ts";
import type { Event } from "./event-queue.ts";
import type { ExternalState } from "./external-input.ts";
import type { RuleState } from "./rules.ts";

/** The reference engine's complete dynamic state. */
export interface ReferenceState extends ExternalState {
  readonly timeMs: number;
  readonly cellEventCount: number;
  readonly spikeCount: number;
  readonly expandingSinceMs: number;
  readonly scalingOn: boolean;
  readonly cells: readonly CellVariables[];
  readonly plasticGain: readonly number[];
  readonly rules: RuleState;
  readonly events: readonly Event[];
  readonly homeostasis: ArrivalState;
}

const names: readonly unknown[] = ["Infinity", "-Infinity", "NaN"];

/** A state as JSON, in which finite numbers are exact; the others become their names. */
export function encodeState(state: ReferenceState): Uint8Array {
  const text = JSON.stringify(state, (_, value) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
  return new TextEncoder().encode(text);
}

export function decodeState(bytes: Uint8Array): ReferenceState {
  return JSON.parse(new TextDecoder().decode(bytes), (_, value) =>
    names.includes(value) ? Number(value) : value,
  );
}
