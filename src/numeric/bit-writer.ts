/** Packs numbers into bytes, most significant bit first. */
export class BitWriter {
  readonly #bytes: Uint8Array;
  #length = 0;
  /** Bits not yet written as bytes, in the lowest `#held` bits; fewer than 8 between calls. */
  #word = 0;
  #held = 0;

  /** @param capacity bytes, at most. */
  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  /** Writes the lowest `width` bits of `value`, width 0 … 32. */
  write(value: number, width: number): void {
    if (width > 16) {
      this.#write((value >>> 16) & ((1 << (width - 16)) - 1), width - 16);
      this.#write(value & 0xffff, 16);
    } else {
      this.#write(value & ((1 << width) - 1), width);
    }
  }

  /** Writes the lowest `width` bits of `value`, width 0 … 64. */
  writeLong(value: bigint, width: number): void {
    if (width > 32) this.write(Number(BigInt.asUintN(32, value >> 32n)), width - 32);
    this.write(Number(BigInt.asUintN(32, value)), Math.min(width, 32));
  }

  /** Writes `count` zeros and a one. */
  writeUnary(count: number): void {
    let zeros = count;
    for (; zeros > 15; zeros -= 16) this.#write(0, 16);
    this.#write(1, zeros + 1);
  }

  /** All that was written, the last byte filled up with zeros; nothing can follow. */
  finish(): Uint8Array {
    if (this.#held > 0) this.#bytes[this.#length++] = this.#word << (8 - this.#held);
    return this.#bytes.subarray(0, this.#length);
  }

  /** Writes a `value` of exactly `width` bits, 0 … 16. */
  #write(value: number, width: number): void {
    const word = (this.#word << width) | value;
    let held = this.#held + width;
    while (held >= 8) {
      held -= 8;
      this.#bytes[this.#length++] = word >>> held;
    }
    this.#word = word & 0xff;
    this.#held = held;
  }
}
