import { externalEventLimit, externalInputs } from "../model/external-input.ts";
import type { Parameters } from "../model/parameters.ts";
import { receptorNumber } from "../model/receptors.ts";
import type { Network } from "./construction.ts";
import { populationsByColumn } from "./population-ranges.ts";

/** The independent Poisson streams of external input; stream `j` reaches one receptor of one cell. */
export interface ExternalStreams {
  readonly count: number;
  /** Streams of each column, which come column by column. */
  readonly perColumn: number;
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
 * The external streams of a network, numbered by column, receptor, population and cell.
 *
 * The number of a stream fixes its seed. Inputs without rate or weight have no stream and take no
 * number, as in the original.
 */
export function externalStreams(parameters: Parameters, network: Network): ExternalStreams {
  const inputs = externalInputs(parameters);
  const columns = populationsByColumn(network.populations);
  const groups = columns.flatMap((populations) =>
    inputs.flatMap(({ receptor, rateHz, weightMv }) =>
      populations.map(({ cellClass, firstCell, cellCount }) => ({
        receptor: receptorNumber[receptor],
        rateHz: rateHz[cellClass],
        weightMv: weightMv[cellClass],
        firstCell,
        cellCount,
      })),
    ),
  );
  const sending = groups.filter(({ rateHz, weightMv }) => rateHz > 0 && weightMv > 0);
  const count = sending.reduce((sum, { cellCount }) => sum + cellCount, 0);
  const streams: ExternalStreams = {
    count,
    perColumn: count / columns.length,
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
