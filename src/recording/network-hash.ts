import type { RecordedNetwork } from "./network-record.ts";

/**
 * Names a network by its contents: equal networks, and in practice only they, have equal hashes.
 *
 * FNV-1a, 64 bit, over the little-endian bytes of firstSynapse, postsynaptic (both 32 bit),
 * delayMs, distal, fastWeightMv, slowWeightMv, xUm, yUm and zUm; as 16 hexadecimal digits.
 */
export function networkHash(network: RecordedNetwork): string {
  const hash = new Fnv1a();
  hash.add(network.firstSynapse);
  hash.add(network.postsynaptic);
  hash.add(network.delayMs);
  hash.add(network.distal);
  hash.add(network.fastWeightMv);
  hash.add(network.slowWeightMv);
  hash.add(network.xUm);
  hash.add(network.yUm);
  hash.add(network.zUm);
  return hash.digest();
}

class Fnv1a {
  #high = 0xcbf29ce4;
  #low = 0x84222325;

  add(values: Float64Array | Uint32Array | Uint8Array): void {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    let high = this.#high;
    let low = this.#low;
    for (const byte of bytes) {
      // Times the prime 2⁴⁰ + 0x1b3, modulo 2⁶⁴.
      const mixed = (low ^ byte) >>> 0;
      const product = mixed * 0x1b3;
      low = product >>> 0;
      high = (Math.imul(high, 0x1b3) + (mixed << 8) + Math.floor(product / 2 ** 32)) >>> 0;
    }
    this.#high = high;
    this.#low = low;
  }

  digest(): string {
    return [this.#high, this.#low].map((word) => word.toString(16).padStart(8, "0")).join("");
  }
}
