/** Contributions of receptors to cells' potentials, mV: the values of all cells at the first time, then at the next. */
export interface ReceptorReadings {
  readonly timesMs: Float64Array;
  readonly ampaMv: Float64Array;
  readonly nmdaMv: Float64Array;
  readonly gabaProximalMv: Float64Array;
  readonly gabaDistalMv: Float64Array;
}

/** LFP proxy of a group of cells and its components, mV, each ≥ 0; NaN while no cell lives. */
export interface LfpProxy {
  readonly timesMs: Float64Array;
  /** AMPA and NMDA receptors. */
  readonly excitatoryMv: Float64Array;
  /** Proximal and distal GABA-A receptors. */
  readonly inhibitoryMv: Float64Array;
  /** The sum of both. */
  readonly proxyMv: Float64Array;
}

/**
 * Proxy of the local field potential of a group of cells, mV: the sum of the absolute contributions
 * of all synapses, as a mean over the N living cells,
 *
 *   L = 1/N Σ_i (AMPA_i + NMDA_i + |GABA_i|)
 *
 * (Mazzoni et al. 2008, PLoS Comput Biol 4:e1000239, of currents onto pyramidal cells). A
 * contribution decays exponentially after each input, as a synaptic current does.
 *
 * @param recordedCells cells of the readings, in their order
 * @param cells those to average over; others than the recorded ones are left out
 * @example
 * ```ts
 * import { analysis, readExperiment, runExperiment } from "isocortex";
 *
 * const potentials = "{ cells: E5R, every: 1 ms, from: 1 s }";
 * const run = await runExperiment(readExperiment(`{ duration: 2 s, record: { potentials: ${potentials} } }`));
 * const readings = run.potentials!.readings();
 * const { proxyMv } = analysis.lfpProxy(readings, run.potentials!.cells, run.potentials!.cells);
 * console.log(proxyMv);
 * ```
 */
export function lfpProxy(
  { timesMs, ampaMv, nmdaMv, gabaProximalMv, gabaDistalMv }: ReceptorReadings,
  recordedCells: readonly number[],
  cells: Iterable<number>,
): LfpProxy {
  const chosen = new Set(cells);
  const places = [...recordedCells.keys()].filter((place) => chosen.has(recordedCells[place]!));
  const meanOf = (valueAt: (index: number) => number) =>
    timesMs.map((_, row) => {
      let [sum, living] = [0, 0];
      for (const place of places) {
        const value = valueAt(row * recordedCells.length + place);
        if (Number.isNaN(value)) continue;
        sum += value;
        living++;
      }
      return sum / living;
    });
  const excitatoryMv = meanOf((k) => ampaMv[k]! + nmdaMv[k]!);
  const inhibitoryMv = meanOf((k) => Math.abs(gabaProximalMv[k]! + gabaDistalMv[k]!));
  const proxyMv = excitatoryMv.map((value, row) => value + inhibitoryMv[row]!);
  return { timesMs, excitatoryMv, inhibitoryMv, proxyMv };
}
