/** Reads what a {@link BitWriter} packed. Beyond the end all bits are 0. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** Bits read ahead, in the lowest `#held` bits. */
  #word = 0;
  #held = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** True if more bits were read than there are. */
  get isExhausted(): boolean {
    return 8 * this.#at - this.#held > 8 * this.#bytes.length;
  }

  /** The next `width` bits as an unsigned number, width 0 … 32. */
  read(width: number): number {
    if (width <= 16) return this.#read(width);
    const high = this.#read(width - 16);
    return ((high << 16) | this.#read(16)) >>> 0;
  }

  /** The next `width` bits as an unsigned number, width 0 … 64. */
  readLong(width: number): bigint {
    if (width <= 32) return BigInt(this.read(width));
    const high = BigInt(this.read(width - 32));
    return (high << 32n) | BigInt(this.read(32));
  }

  /** Number of zeros before the next one; skips them and the one. */
  readUnary(): number {
    let zeros = 0;
    for (;;) {
      this.#fill(16);
      const window = (this.#word >>> (this.#held - 16)) & 0xffff;
      if (window !== 0) {
        const leading = Math.clz32(window) - 16;
        this.#held -= leading + 1;
        return zeros + leading;
      }
      if (this.#at > this.#bytes.length + 4) throw new RangeError("it ends too early");
      this.#held -= 16;
      zeros += 16;
    }
  }

  #read(width: number): number {
    this.#fill(width);
    this.#held -= width;
    return (this.#word >>> this.#held) & ((1 << width) - 1);
  }

  #fill(width: number): void {
    while (this.#held < width) {
      this.#word = (this.#word << 8) | (this.#bytes[this.#at++] ?? 0);
      this.#held += 8;
    }
  }
}
