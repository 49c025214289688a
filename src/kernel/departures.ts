import { f64, i32, load, store } from "../rules/prelude.ts";
import { DEPARTURES_FIRST, FROM_COLUMNS } from "./control.ts";
import {
  active,
  columnDelayMs,
  columnFirstSynapse,
  columnKind,
  columnPostsynaptic,
  departureCell,
  departureCount,
  departureMs,
  departureOrder,
  departureSynapse,
  f64At,
  i32At,
  serves,
  setF64,
  setI32,
  u8At,
} from "./memory.ts";
import { enqueue } from "./pending.ts";

/*
 * Spikes on their way to other columns. Unlike a chain, each arrival has its own delay from the
 * spike, costs the sender no event, and does not depend on whether the sender lives on.
 */

/** Sends a spike of `sender` now to its synapses in other columns; `order` numbers the spikes. */
export function depart(sender: i32, order: f64, now: f64): void {
  const synapse = i32At(columnFirstSynapse, sender);
  if (synapse === i32At(columnFirstSynapse, sender + 1)) return;
  const place = i32(load<f64>(departureCount));
  store<f64>(departureCount, f64(place + 1));
  setF64(departureMs, place, now);
  setF64(departureOrder, place, order);
  setI32(departureSynapse, place, synapse);
  setI32(departureCell, place, sender);
}

/** Lets the arrivals before `untilMs` of all departures wait at their cells. */
export function arriveFromColumns(untilMs: f64): void {
  const count = i32(load<f64>(departureCount));
  let kept = 0;
  for (let k = 0; k < count; k++) {
    const sender = i32At(departureCell, k);
    const firedMs = f64At(departureMs, k);
    const order = f64At(departureOrder, k);
    const end = i32At(columnFirstSynapse, sender + 1);
    let synapse = i32At(departureSynapse, k);
    while (synapse < end) {
      const timeMs = firedMs + f64At(columnDelayMs, synapse);
      if (timeMs >= untilMs) break;
      const target = i32At(columnPostsynaptic, synapse);
      if (u8At(active, target) !== 0 && serves(target)) {
        // Brings it into the cache before it is delivered.
        u8At(columnKind, synapse);
        enqueue(target, timeMs, order - f64(DEPARTURES_FIRST), FROM_COLUMNS + synapse);
      }
      synapse++;
    }
    if (synapse === end) continue;
    setF64(departureMs, kept, firedMs);
    setF64(departureOrder, kept, order);
    setI32(departureSynapse, kept, synapse);
    setI32(departureCell, kept, sender);
    kept++;
  }
  store<f64>(departureCount, f64(kept));
}
