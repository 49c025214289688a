import type { Parameters } from "../model/parameters.ts";
import { type WiredProjection, wiredProjections } from "../model/projections.ts";
import { exponential } from "../numeric/exponential.ts";
import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";
import { uniform } from "../random/distributions.ts";
import { ConnectionPool } from "./connection-pool.ts";
import type { PopulationRange } from "./network.ts";
import type { Positions } from "./positions.ts";

/** One outgoing synapse of a cell. */
export interface Synapse {
  readonly postsynaptic: number;
  readonly delayMs: number;
  readonly projection: WiredProjection;
}

/**
 * Draws all connections and delays: per presynaptic cell, its synapses by ascending delay.
 *
 * A pair at distance d (x and y) is connected with probability p within `wiringLengthUm` λ, and
 * p·exp(1 − d/λ) beyond it, never outside the projection's radius. Delays are uniform.
 */
export function drawSynapses(
  parameters: Parameters,
  populations: readonly PopulationRange[],
  positions: Positions,
): readonly (readonly Synapse[])[] {
  const generator = new AdditiveCongruentialGenerator(parameters.wiringSeed);
  const pool = new ConnectionPool(generator, positions.xUm.length);
  const candidates = new CandidateList(positions);
  const wired = wiredProjections(parameters);
  const rangeOf = new Map(populations.map((range) => [range.name, range]));
  return populations.flatMap(({ name, firstCell, cellCount }) => {
    const outgoing = wired.filter(({ presynaptic }) => presynaptic === name);
    return Array.from({ length: cellCount }, (_, k) => {
      const cell = firstCell + k;
      const synapses = outgoing.flatMap((projection) => {
        candidates.collect(cell, rangeOf.get(projection.postsynaptic)!, projection.radiusUm);
        const connected = connect(cell, candidates, projection, parameters, pool);
        return drawDelays(connected, projection, generator);
      });
      return synapses.sort((a, b) => a.delayMs - b.delayMs);
    });
  });
}

/** The cells that one cell may connect to, with their squared distances in µm². */
class CandidateList {
  readonly cell: Uint32Array;
  readonly squaredDistance: Float64Array;
  count = 0;
  readonly #positions: Positions;

  constructor(positions: Positions) {
    this.#positions = positions;
    this.cell = new Uint32Array(positions.xUm.length);
    this.squaredDistance = new Float64Array(positions.xUm.length);
  }

  /** Lists the target cells within the radius in index order, the cell itself included. */
  collect(cell: number, { firstCell, cellCount }: PopulationRange, radiusUm: number): void {
    const { xUm, yUm } = this.#positions;
    const x = xUm[cell]!;
    const y = yUm[cell]!;
    let count = 0;
    for (let other = firstCell; other < firstCell + cellCount; other++) {
      const dx = x - xUm[other]!;
      const dy = y - yUm[other]!;
      const squared = dx * dx + dy * dy;
      if (squared < radiusUm * radiusUm) {
        this.cell[count] = other;
        this.squaredDistance[count] = squared;
        count++;
      }
    }
    this.count = count;
  }
}

/** Decides each candidate by one draw of the pool; a cell never connects to itself. */
function connect(
  cell: number,
  candidates: CandidateList,
  { probability }: WiredProjection,
  { wiringLengthUm }: Parameters,
  pool: ConnectionPool,
): number[] {
  const connected: number[] = [];
  if (candidates.count === 0) return connected;
  pool.reserve(candidates.count);
  for (let i = 0; i < candidates.count; i++) {
    const draw = pool.next();
    // The distance can only lower the probability, so that most candidates need no more than this.
    if (draw >= probability) continue;
    const distanceUm = Math.sqrt(candidates.squaredDistance[i]!);
    const near = distanceUm <= wiringLengthUm;
    const chance = near ? probability : probability * exponential(1 - distanceUm / wiringLengthUm);
    const other = candidates.cell[i]!;
    if (chance - draw > 0 && other !== cell) connected.push(other);
  }
  return connected;
}

function drawDelays(
  connected: readonly number[],
  projection: WiredProjection,
  generator: AdditiveCongruentialGenerator,
): Synapse[] {
  if (connected.length === 0) return [];
  const { minDelayMs, maxDelayMs } = projection;
  // Setting the distribution costs the original a draw.
  uniform(generator, minDelayMs, maxDelayMs);
  return connected.map((postsynaptic) => ({
    postsynaptic,
    delayMs: uniform(generator, minDelayMs, maxDelayMs),
    projection,
  }));
}
