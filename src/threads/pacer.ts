import { type Measurement, paceAfter, paceAtStart } from "./pace.ts";
import { betterShares, type TeamPiece, workAfter } from "./shares.ts";

/** Decides, piece by piece of a simulation, how many threads serve it, and what share each has. */
export interface Pacer {
  /** Wall time of one thread after which the others are started, ms. */
  readonly startMs: number;
  /** Length of the next piece, ms: a multiple of STEP_MS. */
  strideMs: number;
  /** True if all threads are to serve the next piece. */
  decide(measured: Measurement): boolean;
  /** Other shares for the threads, once all have served a piece and go on; undefined to keep them. */
  share(piece: TeamPiece): readonly number[] | undefined;
}

/** All windows end at multiples of this time, ms. */
export const STEP_MS = 2;

/** Pieces of all together take about so long, ms: a decision can only follow a piece. */
const PIECE_MS = 4;
const FIRST_STRIDE_MS = 64;
const MOST_STRIDE_MS = 1024;

/** Decides by the speed that one thread and all of them reach. */
export class AdaptivePacer implements Pacer {
  readonly startMs: number;
  strideMs = MOST_STRIDE_MS;
  #pace = paceAtStart;
  #endsBlock = false;
  /** Time for which each thread worked lately, ms; none known yet if empty. */
  #workMs: readonly number[] = [];

  constructor(startMs: number) {
    this.startMs = startMs;
  }

  decide(measured: Measurement): boolean {
    this.#pace = paceAfter(this.#pace, measured);
    const { together } = this.#pace;
    if (!together) this.strideMs = MOST_STRIDE_MS;
    else if (!measured.together) this.strideMs = FIRST_STRIDE_MS;
    else if (measured.wallMs > PIECE_MS) this.strideMs = Math.max(STEP_MS, this.strideMs / 2);
    else if (measured.wallMs < PIECE_MS / 2) {
      this.strideMs = Math.min(2 * this.strideMs, MOST_STRIDE_MS);
    }
    if (!together) this.#workMs = [];
    this.#endsBlock = measured.endsBlock;
    return together;
  }

  share(piece: TeamPiece): readonly number[] | undefined {
    this.#workMs = workAfter(this.#workMs, piece);
    // With other shares, external input is drawn anew, which costs least where a block ends.
    const shares = this.#endsBlock ? betterShares(this.#workMs, piece) : undefined;
    if (shares) this.#workMs = [];
    return shares;
  }
}
