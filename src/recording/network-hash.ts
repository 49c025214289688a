import { Fnv1a } from "../numeric/fnv1a.ts";
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
