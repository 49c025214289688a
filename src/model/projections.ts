/**
 * Projections between populations, their densities and strengths, and the rules that turn the
 * published table into the probabilities, weights and delays of one network (model of Neymotin et
 * al. 2011, with the values of Rowan & Neymotin 2013, ModelDB 147141).
 */

import type { Parameters } from "./parameters.ts";
import { type CellClass, type PopulationName, populations } from "./populations.ts";
import { roundToSixDigits } from "./six-digits.ts";

/** Location of a synapse on the postsynaptic cell; it decides the receptor and the axonal delay. */
export type SynapseLocation = "distal" | "proximal";

/** One entry of the published wiring table, before any gain or factor. */
export interface Projection {
  readonly presynaptic: PopulationName;
  readonly postsynaptic: PopulationName;
  /** Connection probability of two cells at most `wiringLengthUm` apart. */
  readonly probability: number;
  /** AMPA or GABA-A weight in mV. */
  readonly weightMv: number;
}

/** A projection as one set of parameters wires it. */
export interface WiredProjection extends Projection {
  /** NMDA weight in mV, of E cells' synapses; 0 of others. */
  readonly nmdaWeightMv: number;
  readonly location: SynapseLocation;
  /** Cells at this distance (x and y only) or farther are never connected. */
  readonly radiusUm: number;
  /** Axonal delays are uniform from `minDelayMs` to `maxDelayMs`. */
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
}

type Target = readonly [probability: number, weightMv: number];

const table: Readonly<Record<PopulationName, Partial<Record<PopulationName, Target>>>> = {
  E6: {
    I6: [0.43, 0.23],
    I6L: [0.51, 0.23],
    E6: [0.028, 0.53],
    E5B: [0.028, 0.53],
    E5R: [0.006, 0.08],
  },
  I6: { E6: [0.44, 1.5], I6: [0.62, 1.5], I6L: [0.34, 1.5] },
  I6L: {
    E6: [0.35, 0.83],
    I6: [0.53, 1.5],
    I6L: [0.09, 1.5],
    E5B: [0.25, 0.83],
    E5R: [0.25, 0.83],
    I5: [0.53, 0.83],
    E2: [0.35, 0.83],
    I2: [0.53, 0.83],
  },
  E5B: {
    E6: [0.07, 0.49],
    E5B: [0.07, 0.71],
    E5R: [0.017, 0.24],
    I5: [0.43, 0.23],
    I5L: [0.51, 0.23],
    E4: [0.007, 0.17],
    E2: [0.018, 0.26],
  },
  E5R: {
    E6: [0.032, 0.28],
    E5B: [0.08, 0.88],
    E5R: [0.191, 0.66],
    I5: [0.43, 0.23],
    I5L: [0.51, 0.23],
    E4: [0.007, 0.48],
    E2: [0.022, 0.67],
  },
  I5: { E5B: [0.44, 1.5], E5R: [0.44, 1.5], I5: [0.62, 1.5], I5L: [0.34, 1.5] },
  I5L: {
    E6: [0.25, 0.83],
    I6: [0.53, 0.83],
    E5B: [0.35, 0.83],
    E5R: [0.35, 0.83],
    I5: [0.53, 1.5],
    I5L: [0.09, 1.5],
    E2: [0.35, 0.83],
    I2: [0.53, 0.83],
  },
  E4: {
    E6: [0.032, 2.27],
    E5B: [0.122, 1.01],
    E5R: [0.116, 0.54],
    E4: [0.243, 0.95],
    I4: [0.43, 0.23],
    I4L: [0.51, 0.23],
    E2: [0.145, 0.58],
  },
  I4: { E4: [0.44, 1.5], I4: [0.62, 1.5], I4L: [0.34, 1.5] },
  I4L: { E4: [0.35, 0.83], I4: [0.53, 1.5], I4L: [0.09, 1.5] },
  E2: {
    E5B: [0.024, 0.36],
    E5R: [0.057, 0.93],
    E4: [0.024, 0.36],
    E2: [0.187, 0.78],
    I2: [0.43, 0.23],
    I2L: [0.51, 0.23],
  },
  I2: { E2: [0.44, 1.5], I2: [0.62, 1.5], I2L: [0.34, 1.5] },
  I2L: {
    E6: [0.25, 0.83],
    I6: [0.53, 0.83],
    E5B: [0.5, 0.83],
    E5R: [0.35, 0.83],
    I5: [0.53, 0.83],
    E2: [0.35, 0.83],
    I2: [0.53, 1.5],
    I2L: [0.09, 1.5],
  },
};

/** The published wiring table, by presynaptic, then postsynaptic population, in population order. */
export const projections: readonly Projection[] = populations.flatMap(({ name: presynaptic }) =>
  populations.flatMap(({ name: postsynaptic }) => {
    const target = table[presynaptic][postsynaptic];
    if (target === undefined) return [];
    const [probability, weightMv] = target;
    return [{ presynaptic, postsynaptic, probability, weightMv }];
  }),
);

const classOfPopulation = new Map(populations.map(({ name, cellClass }) => [name, cellClass]));

/** E cells (AMPA and NMDA) and LTS cells (GABA-A) make distal synapses, FS cells (GABA-A) proximal ones. */
function synapseLocation(presynaptic: CellClass): SynapseLocation {
  return presynaptic === "FS" ? "proximal" : "distal";
}

/** Mean and half-width in ms of the uniform distribution of axonal delays. */
const axonalDelayMs: Readonly<
  Record<SynapseLocation, { readonly mean: number; readonly halfWidth: number }>
> = {
  distal: { mean: 4, halfWidth: 1 },
  proximal: { mean: 2, halfWidth: 0.2 },
};

type PathwayType = "EE" | "EI" | "IE" | "II";

const pathwayType = (presynaptic: CellClass, postsynaptic: CellClass): PathwayType =>
  `${presynaptic === "E" ? "E" : "I"}${postsynaptic === "E" ? "E" : "I"}`;

/**
 * Weight gain of a projection (`EEGain`…`IIGain`).
 *
 * Halved from E to LTS cells, and from LTS cells to cells that are not LTS.
 */
export function projectionGain(
  parameters: Parameters,
  presynaptic: CellClass,
  postsynaptic: CellClass,
): number {
  const gain = parameters[`gain${pathwayType(presynaptic, postsynaptic)}`];
  const halved =
    presynaptic === "E" ? postsynaptic === "LTS" : presynaptic === "LTS" && postsynaptic !== "LTS";
  return halved ? gain * 0.5 : gain;
}

/**
 * Radius in µm within which a cell looks for targets: the column's side for I→E, else half of it.
 *
 * Its square is stored with six digits, as a default computed from `colside` (`EEsq`…`IIsq`).
 */
export function searchRadiusUm(
  parameters: Parameters,
  presynaptic: CellClass,
  postsynaptic: CellClass,
): number {
  const { columnSideUm } = parameters;
  const reachesFar = pathwayType(presynaptic, postsynaptic) === "IE";
  const radiusUm = reachesFar ? columnSideUm : columnSideUm / 2;
  return Math.sqrt(roundToSixDigits(radiusUm * radiusUm));
}

function wire(parameters: Parameters, projection: Projection): WiredProjection {
  const presynaptic = classOfPopulation.get(projection.presynaptic)!;
  const postsynaptic = classOfPopulation.get(projection.postsynaptic)!;
  const factor = parameters[`connectionFactor${pathwayType(presynaptic, postsynaptic)}`];
  const gain = projectionGain(parameters, presynaptic, postsynaptic);
  const location = synapseLocation(presynaptic);
  const { mean, halfWidth } = axonalDelayMs[location];
  const nmdaRatio = presynaptic === "E" ? parameters.nmdaRatio : 0;
  return {
    ...projection,
    probability: projection.probability * parameters.connectionFactor * factor,
    weightMv: projection.weightMv * gain * parameters.weightFactor,
    nmdaWeightMv: nmdaRatio * projection.weightMv * gain * parameters.weightFactor,
    location,
    radiusUm: searchRadiusUm(parameters, presynaptic, postsynaptic),
    minDelayMs: mean - halfWidth,
    maxDelayMs: mean + halfWidth,
  };
}

/**
 * The projections of a network, in the table's order, with gains and factors applied.
 *
 * probability = p · connectionFactor · connectionFactorXX; weightMv = w · gain · weightFactor.
 * Projections without probability or weight are left out: they are not wired, so draw nothing.
 */
export function wiredProjections(parameters: Parameters): readonly WiredProjection[] {
  return wireAll(parameters, projections);
}

/** The same of the projections to a neighbouring column. */
export function projectionsBetweenColumns(parameters: Parameters): readonly WiredProjection[] {
  const { interColumnGainEE, interColumnGainEI } = parameters;
  const table = betweenColumns.map(([presynaptic, postsynaptic, probability]) => {
    const excites = classOfPopulation.get(postsynaptic) === "E";
    const weightMv = excites ? 0.47 * interColumnGainEE : 1.5 * interColumnGainEI;
    return { presynaptic, postsynaptic, probability, weightMv };
  });
  return wireAll(parameters, table);
}

const wireAll = (parameters: Parameters, table: readonly Projection[]) =>
  table
    .map((projection) => wire(parameters, projection))
    .filter(({ probability, weightMv }) => probability > 0 && weightMv > 0);

/** Connection probabilities between neighbouring columns, in the order in which they are drawn. */
const betweenColumns: readonly (readonly [PopulationName, PopulationName, number])[] = [
  ["E6", "I6", 0.14],
  ["E5B", "E5B", 0.25],
  ["E5B", "E5R", 0.25],
  ["E5B", "I5", 0.14],
  ["E5B", "I5L", 0.14],
  ["E5B", "E2", 0.25],
  ["E5B", "I2L", 0.14],
  ["E5R", "E5B", 0.25],
  ["E5R", "E5R", 0.14],
  ["E5R", "I5", 0.14],
  ["E4", "I4", 0.14],
  ["E2", "I2", 0.14],
];
