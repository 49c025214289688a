/** Places of finite values without finite neighbours, which a line would not show. */
export function isolatedPlaces(values: ArrayLike<number>): number[] {
  const isKnown = (k: number) => Number.isFinite(values[k] ?? Number.NaN);
  return Array.from(values, (_, k) => k).filter(
    (k) => isKnown(k) && !isKnown(k - 1) && !isKnown(k + 1),
  );
}
