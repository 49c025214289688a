import { TIME } from "../kernel/control.ts";
import { INPUT_SEED_STEP } from "../model/stream-seeds.ts";
import {
  type ExternalInput,
  inputSeedsOf,
  seedStreams,
  targetOf,
  wakeStream,
} from "./external-input.ts";

/**
 * Gives a fresh memory the state of another one of the same network, whose external input may
 * differ. Nothing may be drawn ahead in the other one. Arrays that only the heir has stay
 * as they begin.
 *
 * What depends on no changed parameter is taken over as it is, so that equal parameters go on to
 * the same bits. With another seed of the external input, its intervals under way are kept.
 */
export function inheritState(heir: ExternalInput, from: ExternalInput): void {
  const { memory } = heir;
  for (const [name, { branch, begins }] of Object.entries(memory.stateArrays)) {
    const inherited = from.memory.state[name];
    if (branch === "keep" && inherited) memory.state[name]!.set(inherited);
    else if (begins === "now") memory.state[name]!.fill(from.memory.control[TIME]!);
  }
  const nowMs = memory.control[TIME]!;

  const silent = inheritStreams(heir, from);
  if (heir.inputSeeds[0] !== from.inputSeeds[0]) seedStreams(memory, inputSeedsOf(heir));
  for (const target of silent) wakeStream(memory, target, nowMs);
}

/** Lets the streams of both go on, and gives the heir's own seeds of their own; lists those to wake. */
function inheritStreams(heir: ExternalInput, from: ExternalInput): number[] {
  const { streamNextMs, streamHigh, streamLow } = heir.memory;
  const silent: number[] = [];
  const { perColumn } = heir.streams;
  const unusedNumber = heir.inputSeeds.map(() => from.streams.perColumn);
  for (let stream = 0; stream < heir.streams.count; stream++) {
    const target = targetOf(heir.streams, stream);
    const parent = from.memory.streamNumber[target]!;
    if (parent >= 0) {
      if (inheritStream(heir, stream, from, parent)) silent.push(target);
      continue;
    }
    const column = Math.floor(stream / perColumn);
    const seed = heir.inputSeeds[column]! + unusedNumber[column]!++ * INPUT_SEED_STEP;
    streamLow[target] = seed;
    streamHigh[target] = seed + 1;
    streamNextMs[target] = Infinity;
    silent.push(target);
  }
  return silent;
}

/**
 * Lets a stream go on; whether it must be woken, as it had sent all its events and may send more.
 *
 * At another rate, the rest of the interval under way is stretched with the mean interval: the
 * rest of an exponential interval is exponential, so that the stream is Poisson at its new rate
 * from now on. A new event limit counts what was sent, or would have been at the new rate.
 */
function inheritStream(
  heir: ExternalInput,
  stream: number,
  from: ExternalInput,
  parent: number,
): boolean {
  const { streamNextMs, streamRemaining, streamHigh, streamLow, control } = heir.memory;
  const nowMs = control[TIME]!;
  const target = targetOf(heir.streams, stream);
  const nextMs = from.memory.streamNextMs[target]!;
  const remaining = from.memory.streamRemaining[target]!;
  const meanMs = heir.streams.meanIntervalMs[stream]!;
  const parentMeanMs = from.streams.meanIntervalMs[parent]!;
  const limit = heir.streams.eventLimit[stream]!;
  const sent =
    meanMs === parentMeanMs
      ? from.streams.eventLimit[parent]! - remaining
      : Math.floor(nowMs / meanMs);
  streamHigh[target] = from.memory.streamHigh[target]!;
  streamLow[target] = from.memory.streamLow[target]!;
  streamRemaining[target] = Math.max(0, limit - sent);
  const ends = streamRemaining[target] === 0;
  const stretchedMs =
    meanMs === parentMeanMs ? nextMs : nowMs + (nextMs - nowMs) * (meanMs / parentMeanMs);
  streamNextMs[target] = ends ? Infinity : stretchedMs;
  return remaining === 0 && !ends;
}
