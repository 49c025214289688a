/** Buckets up to this size are ordered by insertion, larger ones by a general sort. */
const INSERTION_LIMIT = 64;

/**
 * The order of `times`: `times[order[0]] ≤ times[order[1]] ≤ …`, equal times by index.
 *
 * Indices are distributed over as many buckets of time as there are times and ordered within each:
 * linear in the number of times, whether they are spread evenly or come in volleys.
 */
export function timeOrder(times: Float64Array): Uint32Array {
  const count = times.length;
  const order = new Uint32Array(count);
  const bucketOf = evenBuckets(times);
  // Where each bucket ends; while it fills, where its next member goes.
  const places = new Uint32Array(count + 1);
  for (let i = 0; i < count; i++) places[bucketOf(times[i]!) + 1]!++;
  for (let bucket = 0; bucket < count; bucket++) places[bucket + 1]! += places[bucket]!;
  for (let i = 0; i < count; i++) order[places[bucketOf(times[i]!)]!++] = i;
  for (let bucket = 0; bucket < count; bucket++) {
    sortSlice(order, bucket === 0 ? 0 : places[bucket - 1]!, places[bucket]!, times);
  }
  return order;
}

/** Divides the span of the times into as many equal buckets as there are times. */
function evenBuckets(times: Float64Array): (time: number) => number {
  let first = Infinity;
  let last = -Infinity;
  for (let i = 0; i < times.length; i++) {
    first = Math.min(first, times[i]!);
    last = Math.max(last, times[i]!);
  }
  const perUnit = last > first ? (times.length - 1) / (last - first) : 0;
  return (time) => Math.floor((time - first) * perUnit);
}

function sortSlice(order: Uint32Array, start: number, end: number, times: Float64Array): void {
  if (end - start > INSERTION_LIMIT) {
    order.subarray(start, end).sort((a, b) => times[a]! - times[b]! || a - b);
    return;
  }
  for (let i = start + 1; i < end; i++) {
    const index = order[i]!;
    const time = times[index]!;
    let place = i;
    while (place > start && times[order[place - 1]!]! > time) {
      order[place] = order[place - 1]!;
      place--;
    }
    order[place] = index;
  }
}
