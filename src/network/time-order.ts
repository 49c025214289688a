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
  if (count === 0) return order;
  const { bucketOf, starts } = assignBuckets(times);
  const next = starts.slice();
  for (let i = 0; i < count; i++) order[next[bucketOf[i]!]!++] = i;
  for (let bucket = 0; bucket + 1 < starts.length; bucket++) {
    sortSlice(order.subarray(starts[bucket], starts[bucket + 1]), times);
  }
  return order;
}

function assignBuckets(times: Float64Array) {
  const count = times.length;
  let first = Infinity;
  let last = -Infinity;
  for (const time of times) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  const perUnit = last > first ? (count - 1) / (last - first) : 0;
  const bucketOf = Uint32Array.from(times, (time) => (time - first) * perUnit);
  const starts = new Uint32Array(count + 1);
  for (const bucket of bucketOf) starts[bucket + 1]!++;
  for (let bucket = 0; bucket < count; bucket++) starts[bucket + 1]! += starts[bucket]!;
  return { bucketOf, starts };
}

function sortSlice(slice: Uint32Array, times: Float64Array): void {
  if (slice.length > INSERTION_LIMIT) {
    slice.sort((a, b) => times[a]! - times[b]! || a - b);
    return;
  }
  for (let i = 1; i < slice.length; i++) {
    const index = slice[i]!;
    let place = i;
    while (place > 0 && times[slice[place - 1]!]! > times[index]!) {
      slice[place] = slice[place - 1]!;
      place--;
    }
    slice[place] = index;
  }
}
