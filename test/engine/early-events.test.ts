import { beforeAll, describe, expect, it } from "vitest";
import type { SimulationEngine } from "../../src/engine/contract.ts";
import { Engine } from "../../src/engine/driver.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { buildNetwork } from "../../src/network/construction.ts";
import { ReferenceEngine } from "../../src/reference/engine.ts";
import { eventfulColumn2014 } from "./scenarios.ts";

/** Cells die within 4 ms, of 8 ms in which the times of events do not fit words (drawn-events.ts). */
const hastyColumn = { ...eventfulColumn2014, sizeFactor: 9, externalGain: 200 } as const;

describe("external input of a large column at the start of a run", () => {
  const parameters = resolveParameters(hastyColumn);
  const network = buildNetwork(parameters);

  /** Spikes, deaths and state of a run to so many milliseconds. */
  function run(engine: SimulationEngine, untilMs: readonly number[]) {
    const spikes: number[] = [];
    engine.enableDeaths(0.3, 934_200, "published");
    engine.turnOnScaling();
    for (const ms of untilMs) {
      engine.advance(ms, (timesMs, cells, count) => {
        for (let k = 0; k < count; k++) spikes.push(timesMs[k]!, cells[k]!);
      });
    }
    return { spikes, deaths: engine.deaths() };
  }

  const long = new Engine(parameters, network);
  const short = new Engine(parameters, network, { longestWindowMs: 0.2 });
  let found: ReturnType<typeof run>;
  beforeAll(() => {
    found = run(long, [3.7, 7.3]);
  });

  it("gives the spikes and deaths of the reference engine", () => {
    const expected = run(new ReferenceEngine(parameters, network), [7.3]);
    expect(found.spikes.length).toBeGreaterThan(1000);
    expect(found.deaths.length).toBeGreaterThan(10);
    expect(found.deaths).toEqual(expected.deaths);
    expect(found.spikes).toEqual(expected.spikes);
  });

  it("leaves streams the same, whatever has been drawn ahead of a death", () => {
    run(short, [7.3]);
    expect(Buffer.compare(short.snapshot(), long.snapshot())).toBe(0);
  });
});
