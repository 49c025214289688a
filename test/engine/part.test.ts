import { expect, it } from "vitest";
import { Engine } from "../../src/engine/driver.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { buildNetwork } from "../../src/network/construction.ts";

const alone = { index: 0, count: 1, exchange: (_: unknown, count: number) => count };

it("no part serves a learning network whose E cells can overtake their own spikes", () => {
  const parameters = resolveParameters({ protocol: "training" });
  const network = buildNetwork(parameters);
  const slow = { ...network, delayMs: network.delayMs.map(() => 7) };
  const engine = (delays: typeof network) => new Engine(parameters, delays, { part: () => alone });
  expect(() => engine(slow)).toThrow(/cannot be served in parts/);
  expect(engine(network).timeMs).toBe(0);
});

it("no part serves a learning network whose homeostasis senses arrivals", () => {
  const parameters = { ...resolveParameters({ model: "2014" }), learningDurationS: 1 };
  const network = buildNetwork(parameters);
  const make = () => new Engine(parameters, network, { part: () => alone });
  expect(make).toThrow("no part knows");
  const still = { ...parameters, learningDurationS: 0 };
  expect(() => new Engine(still, network, { part: () => alone })).not.toThrow();
});
