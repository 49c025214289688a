import { type Measurement, type Pace, paceAfter, paceAtStart } from "./pace.ts";

/** Decides, piece by piece of a simulation, how many threads serve it. */
export interface Pacer {
  /** Wall time of one thread after which the others are started, ms. */
  readonly startMs: number;
  /** Length of the next piece, ms: a multiple of STEP_MS. */
  strideMs: number;
  /** True if all threads are to serve the next piece. */
  decide(measured: Measurement): boolean;
}

/** All windows end at multiples of this time, ms. */
export const STEP_MS = 2;

/** Pieces take about so long, ms: together they are shorter, as a decision can only follow a piece. */
const ALONE_PIECE_MS = 4;
const TEAM_PIECE_MS = 1;
/** The first pieces together, in which it shows whether there are free cores, ms of a column. */
const FIRST_STRIDE_MS = 4 * STEP_MS;
const MOST_STRIDE_MS = 1024;

/** Shorter measurements are put together, ms. */
const LEAST_MEASURED_MS = 0.25;

/** Decides by the speed that one thread and all of them reach. */
export class AdaptivePacer implements Pacer {
  readonly startMs: number;
  strideMs = FIRST_STRIDE_MS;
  #pace: Pace;
  #sum = { wallMs: 0, events: 0, changeMs: 0 };

  constructor(startMs: number) {
    this.startMs = startMs;
    this.#pace = paceAtStart(startMs);
  }

  decide(measured: Measurement): boolean {
    for (const name of ["wallMs", "events", "changeMs"] as const) this.#sum[name] += measured[name];
    const isSame = measured.together === this.#pace.together;
    if (isSame && this.#sum.wallMs < LEAST_MEASURED_MS) return measured.together;
    this.#pace = paceAfter(this.#pace, { ...measured, ...this.#sum });
    this.#sum = { wallMs: 0, events: 0, changeMs: 0 };
    const { together } = this.#pace;
    this.strideMs = together === measured.together ? this.#nextStride(measured) : FIRST_STRIDE_MS;
    return together;
  }

  /** Twice the last piece, or half of it, as it took less time than it should or more. */
  #nextStride({ together, wallMs }: Measurement): number {
    const pieceMs = together ? TEAM_PIECE_MS : ALONE_PIECE_MS;
    if (wallMs > pieceMs) return Math.max(STEP_MS, this.strideMs / 2);
    return wallMs < pieceMs / 2 ? Math.min(2 * this.strideMs, MOST_STRIDE_MS) : this.strideMs;
  }
}
