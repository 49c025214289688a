/** The Poisson input that every cell receives from outside the column. */

import { cellCounts } from "./cell-counts.ts";
import type { Parameters } from "./parameters.ts";
import { type CellClass, populations } from "./populations.ts";
import type { Receptor } from "./receptors.ts";
import { roundToSixDigits } from "./six-digits.ts";
import { durationMs } from "./timeline.ts";

/** External input onto one receptor: weight in mV and rate in Hz of each cell's stream, by cell class. */
export interface ExternalInput {
  readonly receptor: Receptor;
  readonly weightMv: Readonly<Record<CellClass, number>>;
  readonly rateHz: Readonly<Record<CellClass, number>>;
}

type ByClass = Readonly<Record<CellClass, number>>;

const ungainedWeightMv = {
  gaba: { E: 0.125, LTS: 0.125, FS: 0.125 },
  ampa: { E: 0.25, LTS: 0.2, FS: 0.275 },
  nmda: { E: 0.05, LTS: 0.025, FS: 0.1 },
} satisfies Record<string, ByClass>;

/**
 * The external input onto each receptor, in the order in which streams are numbered.
 *
 * Streams are numbered by receptor, then cell. A cell has no stream, and takes no number, where
 * weight or rate is zero. Weights are published weight · externalGain, untouched by scaling.
 */
export function externalInputs(parameters: Parameters): readonly ExternalInput[] {
  const { externalGain } = parameters;
  const gained = ({ E, LTS, FS }: ByClass): ByClass => ({
    E: E * externalGain,
    LTS: LTS * externalGain,
    FS: FS * externalGain,
  });
  const rates = (excitatoryHz: number, inhibitoryHz: number): ByClass => ({
    E: excitatoryHz,
    LTS: inhibitoryHz,
    FS: inhibitoryHz,
  });
  const gaba = {
    weightMv: gained(ungainedWeightMv.gaba),
    rateHz: rates(parameters.externalGabaRateEHz, parameters.externalGabaRateIHz),
  };
  return [
    { receptor: "gabaProximal", ...gaba },
    { receptor: "gabaDistal", ...gaba },
    {
      receptor: "ampaDistal",
      weightMv: gained(ungainedWeightMv.ampa),
      rateHz: rates(parameters.externalAmpaRateEHz, parameters.externalAmpaRateIHz),
    },
    {
      receptor: "nmdaDistal",
      weightMv: gained(ungainedWeightMv.nmda),
      rateHz: rates(parameters.externalNmdaRateHz, parameters.externalNmdaRateHz),
    },
  ];
}

/** Number of external streams of a column: one for each cell and receptor with weight and rate. */
export function externalStreamCount(parameters: Parameters): number {
  const counts = cellCounts(parameters.sizeFactor);
  return externalInputs(parameters).reduce((sum, { rateHz, weightMv }) => {
    const sending = populations.filter(
      ({ cellClass }) => rateHz[cellClass] > 0 && weightMv[cellClass] > 0,
    );
    return sending.reduce((partial, { name }) => partial + counts[name], sum);
  }, 0);
}

/** Margin of the mean stream beyond the end of the run, ms. */
const marginMs = 5000;

/**
 * Events after which a stream of the given rate falls silent: ⌊0.5 + rate · (duration + 5 s)⌋.
 *
 * The duration with its margin is a computed default of the original (`sgrdur`), so has six digits.
 */
export function externalEventLimit(parameters: Parameters, rateHz: number): number {
  return Math.trunc(0.5 + (rateHz * roundToSixDigits(durationMs(parameters) + marginMs)) / 1e3);
}
