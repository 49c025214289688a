import { expect, test } from "vitest";
import { networkHash } from "../../src/recording/network-hash.ts";
import type { RecordedNetwork } from "../../src/recording/network-record.ts";
import { smallNetwork } from "./small-run.ts";

const empty: RecordedNetwork = {
  ...smallNetwork,
  firstSynapse: new Uint32Array(0),
  postsynaptic: new Uint32Array(0),
  delayMs: new Float64Array(0),
  distal: new Uint8Array(0),
  fastWeightMv: new Float64Array(0),
  slowWeightMv: new Float64Array(0),
  xUm: new Float64Array(0),
  yUm: new Float64Array(0),
  zUm: new Float64Array(0),
};

test.each([
  ["", "cbf29ce484222325"],
  ["a", "af63dc4c8601ec8c"],
  ["foobar", "85944171f73967e8"],
])("FNV-1a of %j is the published one", (text, expected) => {
  expect(networkHash({ ...empty, distal: new TextEncoder().encode(text) })).toBe(expected);
});

const arrays = Object.keys(empty).filter((name) =>
  ArrayBuffer.isView(empty[name as keyof RecordedNetwork]),
) as (keyof Pick<RecordedNetwork, "delayMs" | "distal">)[];

test.each(arrays)("a change in %s changes the hash", (name) => {
  const changed = smallNetwork[name].slice();
  changed[1] = changed[1]! + 1;
  expect(networkHash({ ...smallNetwork, [name]: changed })).not.toBe(networkHash(smallNetwork));
});
