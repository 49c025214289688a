import { externalEventLimit, externalInputs } from "../model/external-input.ts";
import type { Parameters } from "../model/parameters.ts";
import { receptorNumber } from "../model/receptors.ts";
import type { Network } from "./construction.ts";

/** The independent Poisson streams of external input; stream `j` reaches one receptor of one cell. */
export interface ExternalStreams {
  readonly count: number;
  readonly cell: Uint32Array;
  /** See `receptorNumber`. */
  readonly receptor: Uint8Array;
  readonly meanIntervalMs: Float64Array;
  /** External gain included, mV. */
  readonly weightMv: Float64Array;
  /** The stream falls silent after this many events. */
  readonly eventLimit: Float64Array;
}

/**
 * The external streams of a network, numbered by receptor, population and cell.
 *
 * The number of a stream fixes its seed. Inputs without rate or weight have no stream and take no
 * number, as in the original.
 */
export function externalStreams(parameters: Parameters, network: Network): ExternalStreams {
  const groups = externalInputs(parameters).flatMap(({ receptor, rateHz, weightMv }) =>
    network.populations.map(({ cellClass, firstCell, cellCount }) => ({
      receptor: receptorNumber[receptor],
      rateHz: rateHz[cellClass],
      weightMv: weightMv[cellClass],
      firstCell,
      cellCount,
    })),
  );
  const sending = groups.filter(({ rateHz, weightMv }) => rateHz > 0 && weightMv > 0);
  const count = sending.reduce((sum, { cellCount }) => sum + cellCount, 0);
  const streams: ExternalStreams = {
    count,
    cell: new Uint32Array(count),
    receptor: new Uint8Array(count),
    meanIntervalMs: new Float64Array(count),
    weightMv: new Float64Array(count),
    eventLimit: new Float64Array(count),
  };
  let first = 0;
  for (const group of sending) {
    const end = first + group.cellCount;
    for (let k = 0; k < group.cellCount; k++) streams.cell[first + k] = group.firstCell + k;
    streams.receptor.fill(group.receptor, first, end);
    streams.meanIntervalMs.fill(1000 / group.rateHz, first, end);
    streams.weightMv.fill(group.weightMv, first, end);
    streams.eventLimit.fill(externalEventLimit(parameters, group.rateHz), first, end);
    first = end;
  }
  return streams;
}
