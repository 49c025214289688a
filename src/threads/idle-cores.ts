import { cpus } from "node:os";

/** Idle time of cores is observed for so long, ms: systems count it in steps of 10 ms. */
const OBSERVED_MS = 100;
/** Cores that are idle for less than this part of the time are in use. */
const LEAST_IDLE = 0.75;

/** Observation of the cores that no process uses. */
export class IdleCores {
  #sinceMs = 0;
  #idleMs = 0;
  #cores = 0;

  constructor() {
    this.begin();
  }

  /** Begins to observe; what was seen before counts no more. */
  begin(): void {
    this.#sinceMs = performance.now();
    this.#idleMs = idleMs();
    this.#cores = 0;
  }

  /** True if so many cores were idle lately. */
  areAtLeast(count: number): boolean {
    const forMs = performance.now() - this.#sinceMs;
    if (forMs >= OBSERVED_MS) {
      const before = this.#idleMs;
      this.begin();
      this.#cores = (this.#idleMs - before) / forMs;
    }
    return this.#cores >= LEAST_IDLE * count;
  }
}

/** Time for which cores have been idle, in all; where it is unknown, they always were. */
const idleMs = (): number =>
  cpus().reduce((sum, { times }) => sum + times.idle, 0) || 1000 * performance.now();
