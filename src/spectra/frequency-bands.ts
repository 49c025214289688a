/** Neighbouring frequencies taken together, several at a time. */
export interface FrequencyBands {
  /** Frequencies in each band, and the first of the first band. */
  readonly perBand: number;
  readonly first: number;
  readonly bandCount: number;
  readonly centresHz: Float64Array;
  /** Width of each band; 0 when there are none. */
  readonly bandHz: number;
}

/**
 * Bands of about `bandHz` among evenly spaced frequencies, from the one at `first` on and up to
 * `mostHz`; what does not fill a band is left out.
 */
export function frequencyBands(
  frequenciesHz: Float64Array,
  bandHz: number,
  { first = 0, mostHz = Infinity } = {},
): FrequencyBands {
  const spacingHz = frequenciesHz.length > 1 ? frequenciesHz[1]! - frequenciesHz[0]! : Infinity;
  const perBand = Math.max(1, Math.round(bandHz / spacingHz));
  const below = frequenciesHz.filter((frequencyHz) => frequencyHz <= mostHz * (1 + 1e-9));
  const bandCount = Math.max(0, Math.floor((below.length - first) / perBand));
  const placed = { perBand, first, bandCount };
  return {
    ...placed,
    centresHz: bandMeans(frequenciesHz, placed),
    bandHz: bandCount > 0 ? perBand * spacingHz : 0,
  };
}

/** The mean of the values in each band. */
export function bandMeans(
  values: Float64Array,
  { perBand, first, bandCount }: Pick<FrequencyBands, "perBand" | "first" | "bandCount">,
): Float64Array {
  return new Float64Array(bandCount).map((_, band) => {
    const end = first + (band + 1) * perBand;
    let sum = 0;
    for (let f = end - perBand; f < end; f++) sum += values[f]!;
    return sum / perBand;
  });
}
