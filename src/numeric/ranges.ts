/** Whole numbers as ascending ranges, "0-3" and "7", whatever their order. */
export function rangeTexts(numbers: readonly number[], dash = "-"): string[] {
  const ranges: [first: number, last: number][] = [];
  for (const one of new Set(numbers.toSorted((a, b) => a - b))) {
    const range = ranges.at(-1);
    if (range && range[1] === one - 1) range[1] = one;
    else ranges.push([one, one]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}${dash}${last}`));
}
