/** The hash FNV-1a of 64 bits, of bytes as they are added. */
export class Fnv1a {
  #high = 0xcbf29ce4;
  #low = 0x84222325;

  /** Adds the little-endian bytes of an array. */
  add(values: Float64Array | Uint32Array | Uint8Array): this {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    let high = this.#high;
    let low = this.#low;
    // By index: iterating is slow until this loop has been compiled.
    for (let at = 0; at < bytes.length; at++) {
      // Times the prime 2⁴⁰ + 0x1b3, modulo 2⁶⁴.
      const mixed = (low ^ bytes[at]!) >>> 0;
      const product = mixed * 0x1b3;
      low = product >>> 0;
      high = (Math.imul(high, 0x1b3) + (mixed << 8) + Math.floor(product / 0x1_0000_0000)) >>> 0;
    }
    this.#high = high;
    this.#low = low;
    return this;
  }

  /** 16 hexadecimal digits. */
  digest(): string {
    return [this.#high, this.#low].map((word) => word.toString(16).padStart(8, "0")).join("");
  }
}
