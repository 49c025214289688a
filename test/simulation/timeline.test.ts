import { describe, expect, it } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import type { RunEvent } from "../../src/recording/run-event.ts";
import { Simulation } from "../../src/simulation/advance.ts";
import type { EntrySource } from "../../src/timeline/entry.ts";
import { stateText } from "./state-text.ts";

/** A small column in which nothing happens by itself. */
const parameters = resolveParameters({
  protocol: "training",
  scaling: false,
  sizeFactor: 0.2,
  baselineDurationS: 2,
  learningDurationS: 0,
  recallDurationS: 0,
  externalGain: 20,
  scalingBeta: 4e-3,
  plasticIncrementEE: 0.1,
});

/** All kinds, and all forms of times. */
const eventful: readonly EntrySource[] = [
  { id: "on", at: "200 ms", scaling: "on" },
  { id: "pause", from: "700 ms", until: "900 ms", scaling: "off" },
  { id: "learning", from: "150 ms", until: "1.5 s", plasticity: "on" },
  {
    id: "drive",
    from: "250 ms",
    until: "1.65 s",
    stimulate: { cells: "E2", receptor: "NMDA", weight: "2 mV", rate: "30 Hz", pattern: "poisson" },
  },
  {
    id: "pulses",
    from: "350 ms",
    every: "400 ms",
    for: "150 ms",
    stimulate: {
      ...{ cells: ["I2", "I5"], receptor: "GABA-distal", weight: 3, together: true },
      ...{ pattern: "regular", rate: 90, jitter: "2 ms" },
    },
  },
  { id: "weak", from: "1.6 s", until: "1.8 s", external: 0.7 },
  { id: "stronger", from: "400 ms", until: "1.1 s", set: { plasticIncrementEE: 0.4, EXGain: 22 } },
  { id: "seed", at: ["300 ms", "1.3 s"], reseed: 77 },
  { id: "trials", from: "50 ms", every: "330 ms", trials: { seed: 9 } },
  { id: "quiet", at: ["500 ms", "1200 ms"], for: "100 ms", silence: { cells: ["I2", "E4"] } },
  { id: "loss", from: "600 ms", until: "1.4 s", every: "200 ms", delete: { cells: "E", count: 2 } },
  {
    id: "loop",
    when: { measure: "rate", cells: "E", over: "200 ms", above: "3 Hz" },
    every: "400 ms",
    delete: { cells: "E2", count: 1, choose: "highest-rate" },
  },
  {
    id: "guard",
    when: { measure: "living", cells: "E", below: 0.9 },
    once: true,
    for: "150 ms",
    external: 1.1,
  },
];

function follow(simulation: Simulation, untilMs = Infinity) {
  const spikes: string[] = [];
  const events: RunEvent[] = [];
  simulation.advance(
    untilMs,
    (times, cells, count) => {
      for (let k = 0; k < count; k++) spikes.push(`${cells[k]} at ${times[k]}`);
    },
    (event) => events.push(event),
  );
  if (untilMs === Infinity) simulation.finish((event) => events.push(event));
  return { spikes, events };
}

const begin = (entries: readonly EntrySource[], engine?: "reference") =>
  new Simulation(parameters, { entries, engine });

const joined = (...courses: readonly ReturnType<typeof follow>[]) => ({
  spikes: courses.flatMap(({ spikes }) => spikes),
  events: courses.flatMap(({ events }) => events),
});

describe("a timeline with all kinds of interventions", () => {
  const expected = follow(begin(eventful));
  const brief = expected.events.map((event) => {
    const phase = "phase" in event ? ` ${event.what} ${event.phase}` : "";
    return `${event.timeMs} ${event.entry} ${event.kind}${phase}`;
  });

  it("does each at its time", () => {
    expect(expected.spikes.length).toBeGreaterThan(200);
    const timed = brief.filter((line) => !/loop|guard|trials|pulses/.test(line));
    expect(timed).toEqual([
      "150 learning intervention plasticity begin",
      "200 on scaling-on",
      "250 drive intervention stimulate begin",
      "300 seed intervention reseed done",
      "400 stronger intervention set begin",
      "500 quiet intervention silence begin",
      "600 quiet intervention silence end",
      "600 loss deletion",
      "700 pause intervention scaling begin",
      "800 loss deletion",
      "900 pause intervention scaling end",
      "1000 loss deletion",
      "1100 stronger intervention set end",
      "1200 quiet intervention silence begin",
      "1200 loss deletion",
      "1300 seed intervention reseed done",
      "1300 quiet intervention silence end",
      "1400 loss deletion",
      "1500 learning intervention plasticity end",
      "1600 weak intervention external begin",
      "1650 drive intervention stimulate end",
      "1800 weak intervention external end",
    ]);
    expect(brief.filter((line) => /loop/.test(line)).length).toBeGreaterThan(1);
    expect(brief.filter((line) => /pulses/.test(line))).toHaveLength(9);
    expect(brief.filter((line) => /guard/.test(line))).toHaveLength(2);
  });

  const times = [0, 99.7, 100, 150, 450, 500, 550, 600, 700.5, 1000, 1250, 1450, 1700, 2000];

  it("goes on from a checkpoint at any time to the same bits", () => {
    for (const timeMs of times) {
      const first = begin(eventful);
      const past = follow(first, timeMs);
      const second = begin(eventful);
      second.restore(structuredClone(first.snapshot()));
      const future = follow(second);
      expect(joined(past, future)).toEqual(expected);
      const whole = follow(first);
      expect(joined(past, whole)).toEqual(expected);
      expect(stateText(second.snapshot())).toEqual(stateText(first.snapshot()));
    }
  });

  it("goes on in a branch without changes to the same bits", () => {
    for (const timeMs of times) {
      const parent = begin(eventful);
      const past = follow(parent, timeMs);
      const branch = begin(eventful);
      branch.branchFrom(parent);
      expect(joined(past, follow(branch))).toEqual(expected);
    }
  });

  it("gives the same bits in the reference engine", () => {
    const course = follow(begin(eventful, "reference"), 700);
    const spikes = expected.spikes.filter((spike) => Number(spike.split(" at ")[1]) < 700);
    expect(course.spikes).toEqual(spikes);
    expect(course.events).toEqual(expected.events.filter(({ timeMs }) => timeMs < 700));
  });
});

describe("a branch with other entries", () => {
  it("is the run that had them from its beginning, where they begin later", () => {
    const later = eventful.map((entry) =>
      entry["id"] === "weak" ? { ...entry, external: 0.2 } : entry,
    );
    const parent = begin(eventful);
    const past = follow(parent, 1000);
    const branch = begin(later);
    branch.branchFrom(parent);
    expect(joined(past, follow(branch))).toEqual(follow(begin(later)));
  });

  it("begins what should hold by then, and ends what should not", () => {
    const parent = begin(eventful);
    follow(parent, 1000);
    const branch = begin([
      { id: "weak", from: "900 ms", until: "1.9 s", external: 0.5 },
      { id: "learning", from: "100 ms", until: "1.2 s", plasticity: "on" },
    ]);
    branch.branchFrom(parent);
    expect(branch.scalingOn).toBe(false);
    const { events } = follow(branch);
    expect(events.map(({ timeMs, entry }) => `${timeMs} ${entry}`)).toEqual([
      "1000 weak",
      "1200 learning",
      "1900 weak",
    ]);
  });
});

it("says in the record when no cells are left to delete", () => {
  const loss = { id: "loss", from: "100 ms", every: "100 ms", delete: { cells: "E4", count: 4 } };
  const { events } = follow(begin([loss]));
  expect(events.map((event) => ("phase" in event ? event.phase : event.kind))).toEqual([
    "deletion",
    "exhausted",
  ]);
});

it("stays with the states of earlier entries when later ones end", () => {
  const entries = [
    { id: "half", from: "100 ms", until: "900 ms", external: 0.5 },
    { id: "none", from: "200 ms", until: "300 ms", external: 0 },
  ];
  const simulation = begin(entries);
  const factorAt = (timeMs: number) => {
    follow(simulation, timeMs);
    return simulation.snapshot().timeline?.externalFactors["external"] ?? 1;
  };
  expect([150, 250, 350, 950].map(factorAt)).toEqual([0.5, 0, 0.5, 1]);
});

describe("an intervention in a simulation that is under way", () => {
  const changes: readonly EntrySource[] = [
    { id: "weak", from: "1.1 s", until: "1.8 s", external: 0.3 },
    { id: "loss", remove: true },
    {
      id: "input",
      from: "1 s",
      until: "1.9 s",
      stimulate: { cells: "E2", weight: "2 mV", rate: "30 Hz", pattern: "poisson" },
    },
    { id: "pause", at: "1 s", scaling: "on" },
    { id: "learning", from: "150 ms", until: "1.3 s", plasticity: "on" },
  ];

  it("gives the bits of a branch that does the same from there on", () => {
    for (const timeMs of [450, 850, 1000]) {
      const own = changes.slice(0, timeMs < 1000 ? 3 : 5);
      const simulation = begin(eventful);
      follow(simulation, timeMs);
      for (const change of own) simulation.intervene(change);
      const branch = begin(simulation.entries);
      const parent = begin(eventful);
      follow(parent, timeMs);
      branch.branchFrom(parent);
      expect(follow(simulation)).toEqual(follow(branch));
      expect(simulation.entries.some(({ id }) => id === "loss")).toBe(false);
    }
  });

  it("is refused in the past, and leaves the simulation as it is", () => {
    const simulation = begin(eventful);
    follow(simulation, 500);
    const before = stateText(simulation.snapshot());
    expect(() => simulation.intervene({ at: "400 ms", external: 0 })).toThrow(
      /0\.4 s is outside the run/,
    );
    expect(stateText(simulation.snapshot())).toEqual(before);
    expect(simulation.entries).toHaveLength(eventful.length);
  });
});
