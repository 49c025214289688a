import { expect, it } from "vitest";
import { Engine } from "../../src/engine/driver.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { buildNetwork } from "../../src/network/construction.ts";

const alone = { index: 0, count: 1, shares: [1], exchange: (_: unknown, count: number) => count };

it("no part serves a learning network whose E cells can overtake their own spikes", () => {
  const parameters = resolveParameters({ protocol: "training" });
  const network = buildNetwork(parameters);
  const slow = { ...network, delayMs: network.delayMs.map(() => 7) };
  const serve = (delays: typeof network) => new Engine(parameters, delays).serve(alone);
  expect(() => serve(slow)).toThrow(/cannot be served in parts/);
  expect(() => serve(network)).not.toThrow();
});

it("no part serves a learning network whose homeostasis senses arrivals", () => {
  const parameters = { ...resolveParameters({ model: "2014" }), learningDurationS: 1 };
  const network = buildNetwork(parameters);
  expect(() => new Engine(parameters, network).serve(alone)).toThrow("no part knows");
  const still = { ...parameters, learningDurationS: 0 };
  expect(() => new Engine(still, network).serve(alone)).not.toThrow();
});
