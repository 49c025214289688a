import { expect, it } from "vitest";
import { createCore, type EngineOptions, withPart } from "../../src/engine/core.ts";
import { Engine } from "../../src/engine/driver.ts";
import { inheritState } from "../../src/engine/inheritance.ts";
import { stateLayout } from "../../src/engine/layout.ts";
import { SharedState, sharedStateBytes } from "../../src/engine/part.ts";
import type { StateArrays } from "../../src/engine/state-arrays.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { buildNetwork } from "../../src/network/construction.ts";

/** An array for each kind of thing that has entries, and each owner. */
const added: StateArrays = {
  mark: { kind: "f64", per: "cell", initial: [7, -1], branch: "keep", owner: "cell" },
  label: { kind: "i32", per: "synapse", initial: [3], branch: "keep", owner: "postsynaptic cell" },
  clock: { kind: "f64", per: "network", initial: [0.5], branch: "keep", owner: "all" },
};

const parameters = resolveParameters({ protocol: "training" });
const network = buildNetwork(parameters);
const core = (options: EngineOptions = {}) =>
  createCore(parameters, network, { state: added, ...options });

it("arrays that are added begin as they are described, and are in the layout", () => {
  const { memory } = core();
  expect(memory.state["mark"]).toEqual(
    Float64Array.from({ length: 2 * network.cellCount }, (_, k) => (k % 2 === 0 ? 7 : -1)),
  );
  expect(memory.state["label"]).toEqual(new Int32Array(network.synapseCount).fill(3));
  expect(stateLayout(memory)).toMatch(/ mark:8×940 label:4×11699 clock:8×1$/);
  expect(memory.addresses["clock"]).toBeGreaterThan(memory.addresses["label"]!);
});

it("arrays that are added are in a snapshot", () => {
  const create = () => new Engine(parameters, network, { state: added });
  const engine = create();
  const published = new Engine(parameters, network);
  expect(engine.stateBytes - published.stateBytes).toBeGreaterThanOrEqual(
    16 * network.cellCount + 4 * network.synapseCount,
  );
  const snapshot = engine.snapshot();
  const place = new Float64Array(snapshot.buffer).lastIndexOf(0.5);
  new Float64Array(snapshot.buffer)[place] = 2.5;
  const other = create();
  other.restore(snapshot);
  expect(other.snapshot()).toEqual(snapshot);
  expect(other.stateLayout).toBe(engine.stateLayout);
});

it("arrays that are added are taken over by a branch, which may have more of them", () => {
  const [parent, heir, richer] = [
    core(),
    core(),
    core({ state: { ...added, more: added["mark"]! } }),
  ];
  parent.memory.state["mark"]!.fill(11);
  parent.memory.state["clock"]![0] = 4;
  for (const branch of [heir, richer]) {
    inheritState(branch.input, parent.input);
    expect(branch.memory.state["mark"]).toEqual(parent.memory.state["mark"]);
    expect(branch.memory.state["clock"]![0]).toBe(4);
  }
  expect(richer.memory.state["more"]![0]).toBe(7);
});

const thirds = [1, 1, 1].map(() => 1 / 3);

it("arrays that are added are put together by three threads, each its own part", () => {
  const parts = [0, 1, 2].map((index) =>
    withPart(core(), { index, count: 3, shares: thirds, exchange: (_, count) => count }),
  );
  const stateBytes = parts[0]!.memory.stateBytes.length;
  const buffer = new SharedArrayBuffer(sharedStateBytes({ stateBytes, spikeCapacity: 1 }, 3));
  for (const { memory, part } of parts) {
    memory.state["mark"]!.fill(part!.index);
    memory.state["label"]!.fill(part!.index);
    new SharedState(memory, buffer).put(memory, part!);
  }
  for (const { memory, part } of parts) {
    new SharedState(memory, buffer).take(memory, part!);
    const marks = Array.from({ length: 2 * network.cellCount }, (_, k) => (k >> 1) % 3);
    expect([...memory.state["mark"]!]).toEqual(marks);
    expect([...memory.state["label"]!]).toEqual([...network.postsynaptic].map((cell) => cell % 3));
    expect(memory.state["clock"]![0]).toBe(0.5);
  }
});
