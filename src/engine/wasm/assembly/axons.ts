import { CHAINS } from "../../control";
import {
  chainCell,
  chainOrder,
  chainSynapse,
  chainTimeMs,
  control,
  delayMs,
  f64At,
  firstSynapse,
  i32At,
  setF64,
  setI32,
} from "./memory";

// @ts-ignore: decorator
@inline
export function chainCount(): i32 {
  return <i32>load<f64>(control, CHAINS * 8);
}

// @ts-ignore: decorator
@inline
function setChainCount(count: i32): void {
  store<f64>(control, <f64>count, CHAINS * 8);
}

/** See `startChain`. */
export function startChain(cell: i32, order: f64, now: f64): void {
  const synapse = i32At(firstSynapse, cell);
  if (synapse == i32At(firstSynapse, cell + 1)) return;
  const place = chainCount();
  setChainCount(place + 1);
  siftUp(place, now + f64At(delayMs, synapse), order, synapse, cell);
}

/** See `continueFirstChain`. */
export function continueFirstChain(timeMs: f64, synapse: i32): void {
  siftDown(chainCount(), timeMs, load<f64>(chainOrder), synapse, load<i32>(chainCell));
}

/** See `endFirstChain`. */
export function endFirstChain(): void {
  const last = chainCount() - 1;
  setChainCount(last);
  if (last == 0) return;
  siftDown(
    last,
    f64At(chainTimeMs, last),
    f64At(chainOrder, last),
    i32At(chainSynapse, last),
    i32At(chainCell, last),
  );
}

function siftUp(from: i32, timeMs: f64, order: f64, synapse: i32, cell: i32): void {
  let place = from;
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!isBefore(timeMs, order, f64At(chainTimeMs, parent), f64At(chainOrder, parent))) break;
    move(parent, place);
    place = parent;
  }
  put(place, timeMs, order, synapse, cell);
}

function siftDown(count: i32, timeMs: f64, order: f64, synapse: i32, cell: i32): void {
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= count) break;
    const right = child + 1;
    if (
      right < count &&
      isBefore(
        f64At(chainTimeMs, right),
        f64At(chainOrder, right),
        f64At(chainTimeMs, child),
        f64At(chainOrder, child),
      )
    ) {
      child = right;
    }
    if (!isBefore(f64At(chainTimeMs, child), f64At(chainOrder, child), timeMs, order)) break;
    move(child, place);
    place = child;
  }
  put(place, timeMs, order, synapse, cell);
}

// @ts-ignore: decorator
@inline
function isBefore(timeA: f64, orderA: f64, timeB: f64, orderB: f64): bool {
  return timeA < timeB || (timeA == timeB && orderA < orderB);
}

// @ts-ignore: decorator
@inline
function move(from: i32, to: i32): void {
  setF64(chainTimeMs, to, f64At(chainTimeMs, from));
  setF64(chainOrder, to, f64At(chainOrder, from));
  setI32(chainSynapse, to, i32At(chainSynapse, from));
  setI32(chainCell, to, i32At(chainCell, from));
}

// @ts-ignore: decorator
@inline
function put(place: i32, timeMs: f64, order: f64, synapse: i32, cell: i32): void {
  setF64(chainTimeMs, place, timeMs);
  setF64(chainOrder, place, order);
  setI32(chainSynapse, place, synapse);
  setI32(chainCell, place, cell);
}
