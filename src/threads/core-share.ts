/** Processor time is compared with wall time over so long, ms. */
const OBSERVED_MS = 50;
/** A process that gets less than this part of a core shares it with others. */
const LEAST_SHARE = 0.8;

/** Observation of whether this process has a core for itself, while only one thread of it works. */
export class CoreShare {
  #used!: NodeJS.CpuUsage;
  #sinceMs!: number;
  #isWhole = false;

  constructor() {
    this.begin();
  }

  /** Begins to observe. */
  begin(): void {
    this.#used = process.cpuUsage();
    this.#sinceMs = performance.now();
  }

  /** True if the process lately had a core nearly all the time. */
  get isWhole(): boolean {
    const wallMs = performance.now() - this.#sinceMs;
    if (wallMs < OBSERVED_MS) return this.#isWhole;
    const { user, system } = process.cpuUsage(this.#used);
    this.#isWhole = (user + system) / 1000 >= LEAST_SHARE * wallMs;
    this.begin();
    return this.#isWhole;
  }
}
