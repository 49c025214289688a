import type { Parameters } from "../model/parameters.ts";
import type { WiredProjection } from "../model/projections.ts";
import { exponential } from "../numeric/exponential.ts";
import { AdditiveCongruentialGenerator } from "../random/additive-congruential.ts";
import { uniform } from "../random/distributions.ts";
import { ConnectionPool } from "./connection-pool.ts";
import type { PopulationRange } from "./population-ranges.ts";
import type { Positions } from "./positions.ts";

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
      for (const [index, projection] of outgoing) {
        candidates.collect(cell, rangeOf.get(projection.postsynaptic)!, projection.radiusUm);
        if (candidates.count > 0) yield* pool.reserve(candidates.count);
        const connected = connect(cell, candidates, projection, parameters, pool);
        drawDelays(connected, projection, generator, (postsynaptic, delayMs) =>
          list.add(postsynaptic, delayMs, index),
        );
      }
      list.endCell(cell);
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

  /** Adds a synapse of the next presynaptic cell. */
  add(postsynaptic: number, delayMs: number, projection: number): void {
    if (this.#count === this.#delayMs.length) this.#grow(2 * this.#count);
    this.#postsynaptic[this.#count] = postsynaptic;
    this.#delayMs[this.#count] = delayMs;
    this.#projection[this.#count] = projection;
    this.#count++;
  }

  /** All synapses of a cell have been added: sorts them by delay. */
  endCell(cell: number): void {
    const first = this.#firstSynapse[cell]!;
    const delayMs = this.#delayMs.slice(first, this.#count);
    const postsynaptic = this.#postsynaptic.slice(first, this.#count);
    const projection = this.#projection.slice(first, this.#count);
    const order = Array.from(delayMs.keys()).sort((a, b) => delayMs[a]! - delayMs[b]!);
    for (let k = 0; k < order.length; k++) {
      this.#delayMs[first + k] = delayMs[order[k]!]!;
      this.#postsynaptic[first + k] = postsynaptic[order[k]!]!;
      this.#projection[first + k] = projection[order[k]!]!;
    }
    this.#firstSynapse[cell + 1] = this.#count;
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

/** A synapse, by its postsynaptic cell and axonal delay. */
type SynapseSink = (postsynaptic: number, delayMs: number) => void;

function drawDelays(
  connected: readonly number[],
  { minDelayMs, maxDelayMs }: WiredProjection,
  generator: AdditiveCongruentialGenerator,
  onSynapse: SynapseSink,
): void {
  if (connected.length === 0) return;
  // Setting the distribution costs the original a draw.
  uniform(generator, minDelayMs, maxDelayMs);
  for (const postsynaptic of connected) {
    onSynapse(postsynaptic, uniform(generator, minDelayMs, maxDelayMs));
  }
}
