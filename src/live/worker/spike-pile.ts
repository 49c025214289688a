/** Spikes that wait to be handed over, in buffers that can be transferred. */
export class SpikePile {
  #timesMs = new Float64Array(4096);
  #cells = new Uint32Array(4096);
  #count = 0;

  add(timesMs: Float64Array, cells: Uint32Array, count: number): void {
    const needed = this.#count + count;
    if (needed > this.#cells.length) this.#grow(needed);
    this.#timesMs.set(timesMs.subarray(0, count), this.#count);
    this.#cells.set(cells.subarray(0, count), this.#count);
    this.#count = needed;
  }

  /** All of them, in order of time; there are none then. */
  take(): { timesMs: Float64Array<ArrayBuffer>; cells: Uint32Array<ArrayBuffer> } {
    const taken = {
      timesMs: this.#timesMs.slice(0, this.#count),
      cells: this.#cells.slice(0, this.#count),
    };
    this.#count = 0;
    return taken;
  }

  #grow(needed: number): void {
    const length = Math.max(needed, 2 * this.#cells.length);
    const [timesMs, cells] = [new Float64Array(length), new Uint32Array(length)];
    timesMs.set(this.#timesMs.subarray(0, this.#count));
    cells.set(this.#cells.subarray(0, this.#count));
    this.#timesMs = timesMs;
    this.#cells = cells;
  }
}
