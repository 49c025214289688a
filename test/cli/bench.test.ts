import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inThisProcess, isocortex, temporaryFolder } from "./command.ts";

/** What every measured quantity must be. */
const isSpread = (value: unknown): boolean => {
  const { median, min, max } = value as Record<string, number>;
  return [median, min, max].every(Number.isFinite) && min! <= median! && median! <= max!;
};

async function benchJson(...args: string[]) {
  const cwd = temporaryFolder();
  const { code, stdout, stderr } = await isocortex(["bench", ...args, "--json"], {
    cwd,
    env: { TMPDIR: cwd },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(readdirSync(cwd)).toEqual([]);
  return JSON.parse(stdout);
}

describe("bench", () => {
  it("times slices of the column", async () => {
    const { machine, benchmarks } = await benchJson("baseline", "--repeats", "2");
    expect(machine).toMatchObject({ node: process.version, cpu: expect.any(String) });
    const [report] = benchmarks;
    expect(report).toMatchObject({ name: "baseline", kind: "speed", repeats: 2, cells: 470 });
    expect(report.simulatedEventsHz).toBeGreaterThan(300_000);
    expect(report.simulatedEventsHz).toBeLessThan(330_000);
    const { nsPerEvent, eventsPerSecond, timesRealTime } = report;
    expect([nsPerEvent, eventsPerSecond, timesRealTime].every(isSpread)).toBe(true);
    expect(eventsPerSecond.median / timesRealTime.median).toBeCloseTo(report.simulatedEventsHz, -5);
    expect(report.peakMemoryBytes).toBeGreaterThan(2 ** 20);
  });

  it("runs several in their own order, each in a process of its own, and leaves no files", async () => {
    const { benchmarks } = await benchJson(
      ...["recording", "baseline", "set-up"],
      ...["--repeats", "1"],
    );
    expect(benchmarks.map(({ name }: { name: string }) => name)).toEqual([
      "baseline",
      "recording",
      "set-up",
    ]);
    expect(isSpread(benchmarks[1].nsPerEvent)).toBe(true);
    expect(isSpread(benchmarks[2].setUpMs)).toBe(true);
  });

  it("measures a column that fires as a hyperactive one does", async () => {
    const { benchmarks } = await benchJson("hyperactive", "--repeats", "1");
    expect(benchmarks[0].simulatedSpikesHz).toBeGreaterThan(50_000);
  });

  it("compares the models with that of 2013, by processor time", async () => {
    const { benchmarks } = await benchJson("models", "--repeats", "1");
    const [{ kind, variants }] = benchmarks;
    expect(kind).toBe("pairs");
    expect(variants.map(({ name }: { name: string }) => name)).toEqual([
      "2013",
      "2014",
      "2014, stimulated",
    ]);
    for (const { timesRealTime, relativeSpeed, simulatedEventsHz } of variants) {
      expect([timesRealTime, relativeSpeed].every(isSpread)).toBe(true);
      // All are at rest: deaths would reduce their events.
      expect(simulatedEventsHz).toBeGreaterThan(300_000);
      expect(simulatedEventsHz).toBeLessThan(330_000);
    }
    expect(variants[0].relativeSpeed.median).toBe(1);
  });

  it("breaks the cost of an event down into parts that add up to it", async () => {
    const { benchmarks } = await benchJson("components", "--repeats", "1");
    const [{ nsPerEvent, components }] = benchmarks;
    const parts: { median: number }[] = Object.values(components);
    expect(parts).toHaveLength(5);
    const sum = parts.reduce((total, { median }) => total + median, 0);
    expect(sum).toBeCloseTo(nsPerEvent.median, 6);
  });

  it("prints a table", async () => {
    const { code, stdout } = await isocortex(["bench", "size-16", "--repeats", "1"], {
      cwd: temporaryFolder(),
    });
    expect(code).toBe(0);
    expect(stdout).toContain(`Node.js ${process.version}`);
    expect(stdout).toMatch(/^size-16 +7 520 +[\d ]+ +[\d.]+ +[\d.]+ +[\d.]+ \(/m);
  });

  it.each([
    ["a benchmark that there is not", ["base"], /Allowed choices are baseline, training/],
    ["no measurement", ["--repeats", "0"], /whole number from 1 to 100/],
  ])("refuses %s", async (_, args, message) => {
    const { code, stdout, stderr } = await inThisProcess(["bench", ...args], {
      cwd: temporaryFolder(),
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });
});
