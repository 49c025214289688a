import { columnCount, neighbours, parametersOfColumn } from "../model/column-grid.ts";
import type { Parameters } from "../model/parameters.ts";
import { projectionsBetweenColumns, type WiredProjection } from "../model/projections.ts";
import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";
import { normal, uniform } from "../random/distributions.ts";
import { MCellRan4Stream } from "../random/mcell-ran4.ts";
import type { PopulationRange } from "./population-ranges.ts";

/** Synapses between columns: all of E cells and distal, neither plastic nor scaled. */
export interface InterColumnSynapses {
  /** First synapse of each presynaptic cell, by ascending delay; the last entry is their number. */
  readonly firstSynapse: Uint32Array;
  readonly postsynaptic: Uint32Array;
  readonly delayMs: Float64Array;
  /** AMPA and NMDA weights, mV, including the gain. */
  readonly fastWeightMv: Float64Array;
  readonly slowWeightMv: Float64Array;
}

/** Synapse from a cell to one of a neighbouring column, both by their numbers in their columns. */
interface Contact {
  readonly postsynaptic: number;
  readonly delayMs: number;
  readonly projection: WiredProjection;
}

/**
 * Draws the synapses between neighbouring columns, column by column.
 *
 * @param ranges of the cells of one column
 */
export function* drawInterColumn(
  parameters: Parameters,
  ranges: readonly PopulationRange[],
): Generator<void, InterColumnSynapses> {
  const columns = Array.from({ length: columnCount(parameters) }, (_, column) => column);
  const cellCount = ranges.reduce((sum, range) => sum + range.cellCount, 0);
  const contactsOf = new Map<number, readonly (readonly Contact[])[]>();
  for (const column of columns) {
    contactsOf.set(column, drawContacts(parametersOfColumn(parameters, column), ranges));
    yield;
  }
  const synapses: Contact[] = [];
  const firstSynapse = new Uint32Array(columns.length * cellCount + 1);
  for (const column of columns) {
    const targets = neighbours(column, parameters);
    for (let cell = 0; cell < cellCount; cell++) {
      const own = targets.flatMap((target) => {
        const shift = target * cellCount;
        return contactsOf
          .get(target)!
          [cell]!.map((contact) => ({ ...contact, postsynaptic: shift + contact.postsynaptic }));
      });
      for (const contact of own.sort((a, b) => a.delayMs - b.delayMs)) synapses.push(contact);
      firstSynapse[column * cellCount + cell + 1] = synapses.length;
    }
    yield;
  }
  const valuesOf = (value: (synapse: Contact) => number) => Float64Array.from(synapses, value);
  return {
    firstSynapse,
    postsynaptic: Uint32Array.from(synapses, ({ postsynaptic }) => postsynaptic),
    delayMs: valuesOf(({ delayMs }) => delayMs),
    fastWeightMv: valuesOf(({ projection }) => projection.weightMv),
    slowWeightMv: valuesOf(({ projection }) => projection.nmdaWeightMv),
  };
}

/**
 * The contacts of each cell of a neighbouring column to cells of this one.
 *
 * They follow from this column's wiring seed alone: its neighbours have the same, as in the original.
 */
function drawContacts(parameters: Parameters, ranges: readonly PopulationRange[]): Contact[][] {
  const { wiringSeed } = parameters;
  const divergences = new AdditiveCongruentialGenerator(wiringSeed);
  const draws = new MCellRan4Stream(wiringSeed, wiringSeed);
  const rangeOf = new Map(ranges.map((range) => [range.name, range]));
  const contacts: Contact[][] = ranges.flatMap(({ cellCount }) =>
    Array.from({ length: cellCount }, () => []),
  );
  for (const projection of projectionsBetweenColumns(parameters)) {
    const target = rangeOf.get(projection.postsynaptic)!;
    const source = rangeOf.get(projection.presynaptic)!;
    if (target.cellCount === 0) continue;
    for (let cell = source.firstCell; cell < source.firstCell + source.cellCount; cell++) {
      const divergence = drawDivergence(divergences, projection.probability * target.cellCount);
      for (const contact of drawTargets(draws, divergence, projection, target)) {
        contacts[cell]!.push(contact);
      }
    }
  }
  return contacts;
}

/** Number of contacts of a cell in one population: normal around its mean D, variance (D/4)². */
function drawDivergence(generator: AdditiveCongruentialGenerator, expected: number): number {
  const mean = Math.ceil(expected);
  return Math.max(1, Math.trunc(normal(generator, mean, (mean / 4) * (mean / 4)) + 0.5));
}

/** Draws per contact, of which repeated cells are dropped. */
const DRAWS_PER_CONTACT = 4;

function drawTargets(
  draws: MCellRan4Stream,
  divergence: number,
  projection: WiredProjection,
  { firstCell, cellCount }: PopulationRange,
): Contact[] {
  // Setting a distribution costs the original a draw.
  draws.uniform();
  const drawn = Array.from(
    { length: DRAWS_PER_CONTACT * divergence },
    () => firstCell + Math.floor(cellCount * draws.uniform()),
  );
  const cells = [...new Set(drawn)].slice(0, divergence);
  const { minDelayMs, maxDelayMs } = projection;
  draws.uniform();
  return cells.map((postsynaptic) => ({
    postsynaptic,
    delayMs: Math.abs(uniform(draws, minDelayMs, maxDelayMs)),
    projection,
  }));
}
