import type { Parameters } from "../model/parameters.ts";
import type { WiredProjection } from "../model/projections.ts";
import { exponential } from "../numeric/exponential.ts";
import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";
import { uniform } from "../random/distributions.ts";
import { ConnectionPool } from "./connection-pool.ts";
import type { PopulationRange } from "./population-ranges.ts";
import type { Positions } from "./positions.ts";

/** One outgoing synapse of a cell. */
interface Synapse {
  readonly postsynaptic: number;
  readonly delayMs: number;
}

/** All synapses of a network: by presynaptic cell, and those of one cell by ascending delay. */
export interface DrawnSynapses {
  /** First synapse of each presynaptic cell; the synapse count at the end. */
  readonly firstSynapse: Uint32Array;
  readonly postsynaptic: Uint32Array;
  readonly delayMs: Float64Array;
  /** Index into the wired projections. */
  readonly projection: Uint8Array;
}

/**
 * Draws all connections and delays, step by step: a step is at most one cell's synapses.
 *
 * A pair at distance d (x and y) is connected with probability p within `wiringLengthUm` λ, and
 * p·exp(1 − d/λ) beyond it, never outside the projection's radius. Delays are uniform.
 */
export function* drawSynapses(
  parameters: Parameters,
  wired: readonly WiredProjection[],
  populations: readonly PopulationRange[],
  positions: Positions,
): Generator<void, DrawnSynapses> {
  const generator = new AdditiveCongruentialGenerator(parameters.wiringSeed);
  const cellCount = positions.xUm.length;
  const pool = new ConnectionPool(generator, cellCount);
  const candidates = new CandidateList(positions);
  const rangeOf = new Map(populations.map((range) => [range.name, range]));
  const list = new SynapseList(cellCount);
  for (const { name, firstCell, cellCount: ownCount } of populations) {
    const outgoing = [...wired.entries()].filter(([, { presynaptic }]) => presynaptic === name);
    for (let cell = firstCell; cell < firstCell + ownCount; cell++) {
      const synapses: (Synapse & { readonly projection: number })[] = [];
      for (const [index, projection] of outgoing) {
        candidates.collect(cell, rangeOf.get(projection.postsynaptic)!, projection.radiusUm);
        if (candidates.count > 0) yield* pool.reserve(candidates.count);
        const connected = connect(cell, candidates, projection, parameters, pool);
        for (const synapse of drawDelays(connected, projection, generator)) {
          synapses.push({ ...synapse, projection: index });
        }
      }
      synapses.sort((a, b) => a.delayMs - b.delayMs);
      list.add(cell, synapses);
      yield;
    }
  }
  return list.drawn;
}

/** The synapses drawn so far, in arrays that grow as they have to. */
class SynapseList {
  readonly #firstSynapse: Uint32Array;
  #postsynaptic = new Uint32Array(1024);
  #delayMs = new Float64Array(1024);
  #projection = new Uint8Array(1024);
  #count = 0;

  constructor(cellCount: number) {
    this.#firstSynapse = new Uint32Array(cellCount + 1);
  }

  /** Adds the synapses of the next presynaptic cell. */
  add(cell: number, synapses: readonly (Synapse & { readonly projection: number })[]): void {
    const end = this.#count + synapses.length;
    if (end > this.#delayMs.length) this.#grow(Math.max(end, 2 * this.#delayMs.length));
    for (const { postsynaptic, delayMs, projection } of synapses) {
      this.#postsynaptic[this.#count] = postsynaptic;
      this.#delayMs[this.#count] = delayMs;
      this.#projection[this.#count] = projection;
      this.#count++;
    }
    this.#firstSynapse[cell + 1] = end;
  }

  get drawn(): DrawnSynapses {
    return {
      firstSynapse: this.#firstSynapse,
      postsynaptic: this.#postsynaptic.slice(0, this.#count),
      delayMs: this.#delayMs.slice(0, this.#count),
      projection: this.#projection.slice(0, this.#count),
    };
  }

  #grow(capacity: number): void {
    const [postsynaptic, delayMs, projection] = [
      this.#postsynaptic,
      this.#delayMs,
      this.#projection,
    ];
    this.#postsynaptic = new Uint32Array(capacity);
    this.#postsynaptic.set(postsynaptic);
    this.#delayMs = new Float64Array(capacity);
    this.#delayMs.set(delayMs);
    this.#projection = new Uint8Array(capacity);
    this.#projection.set(projection);
  }
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
  }));
}
