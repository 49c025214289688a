/** Points of a line, at most: more than a page's width can show. */
const MOST_POINTS = 5000;

/** Indices of a line's points: all or, for many values, the minimum and maximum of each interval. */
export function drawnPoints(values: Float64Array): number[] {
  if (values.length <= MOST_POINTS) return Array.from(values, (_, k) => k);
  const stretch = Math.ceil((2 * values.length) / MOST_POINTS);
  const points: number[] = [];
  for (let start = 0; start < values.length; start += stretch) {
    let [least, most] = [start, start];
    for (let k = start; k < Math.min(start + stretch, values.length); k++) {
      if (values[k]! < values[least]!) least = k;
      if (values[k]! > values[most]!) most = k;
    }
    points.push(...new Set([Math.min(least, most), Math.max(least, most)]));
  }
  return points;
}
