import { Fnv1a } from "../numeric/fnv1a.ts";
import type { RecordedNetwork } from "./network-record.ts";

/**
 * Names a network by its contents: equal networks, and in practice only they, have equal hashes.
 *
 * FNV-1a, 64 bit, over the little-endian bytes of firstSynapse, postsynaptic (both 32 bit),
 * delayMs, distal, fastWeightMv, slowWeightMv, xUm, yUm and zUm, and of the synapses between
 * columns as far as they have these; as 16 hexadecimal digits.
 */
export function networkHash(network: RecordedNetwork): string {
  const hash = new Fnv1a();
  const { interColumn } = network;
  for (const name of within) hash.add(network[name]);
  if (interColumn) for (const name of between) hash.add(interColumn[name]);
  return hash.digest();
}

const wiring = ["firstSynapse", "postsynaptic", "delayMs"] as const;
const weights = ["fastWeightMv", "slowWeightMv"] as const;
const within = [...wiring, "distal", ...weights, "xUm", "yUm", "zUm"] as const;
const between = [...wiring, ...weights] as const;
