import { strToU8 } from "fflate";
import { describe, expect, it } from "vitest";
import { type EntrySource, experimentText, readExperiment } from "../../src/index.ts";
import { openingExperiment } from "../../src/live/session/opening-experiment.ts";
import { placeLink } from "../../src/live/session/permalink.ts";
import type { Order, Report } from "../../src/live/worker/messages.ts";
import { Player } from "../../src/live/worker/player.ts";
import { buildNetwork } from "../../src/network/construction.ts";
import { briskExperiment, simulated } from "./session.ts";

/** A player whose reports are heard at once, and whose clock goes on by hand. */
class Theatre {
  readonly reports: Report[] = [];
  nowMs = 0;
  readonly player = new Player({
    send: (report) => this.reports.push(report),
    nowMs: () => this.nowMs,
  });

  obey(...orders: readonly Order[]): void {
    for (const order of orders) this.player.obey(order);
  }

  /** Takes turns for so long, each report heard. */
  pass(realMs: number): void {
    for (const endMs = this.nowMs + realMs; this.nowMs < endMs; this.nowMs += 5) {
      this.player.turn();
      this.player.obey({ kind: "heard" });
    }
  }

  get standing() {
    return this.reports.findLast((report) => "standing" in report)!.standing;
  }

  get spikes() {
    return this.pieces.flatMap(({ timesMs, cells }) =>
      Array.from(cells, (cell, k) => [timesMs[k]!, cell] as const),
    );
  }

  get pieces() {
    return this.reports.flatMap((report) => (report.kind === "played" ? [report.piece] : []));
  }
}

const opened = (): Theatre => {
  const theatre = new Theatre();
  const bytes = strToU8(experimentText(briskExperiment()));
  theatre.obey({ kind: "open-file", bytes, name: "brisk.yaml" });
  theatre.pass(5);
  return theatre;
};

describe("the player of a column", () => {
  it("keeps the speed that is asked for, and hands over every spike", () => {
    const theatre = opened();
    theatre.obey({ kind: "play", speed: 2 });
    theatre.pass(500);
    theatre.obey({ kind: "pause" });
    expect(theatre.standing.timeMs).toBeGreaterThanOrEqual(980);
    expect(theatre.standing.timeMs).toBeLessThanOrEqual(1010);
    expect(theatre.spikes).toEqual(simulated(briskExperiment(), theatre.standing.timeMs).spikes);
    expect(theatre.standing.isPlaying).toBe(false);
  });

  it("plays the page's column at once, and reports its first spikes before anything is due", () => {
    const theatre = new Theatre();
    theatre.obey({ kind: "open", speed: 10 });
    expect(theatre.reports).toMatchObject([{ kind: "opened", standing: { isPlaying: true } }]);
    theatre.pass(10);
    expect(theatre.spikes.length).toBeGreaterThan(5);
    const times = theatre.pieces.flatMap(({ samples }) => samples.map(({ timeMs }) => timeMs));
    expect(times).toEqual([0]);
    const experiment = readExperiment(experimentText(openingExperiment()));
    expect(theatre.spikes).toEqual(simulated(experiment, theatre.standing.timeMs).spikes);
  });

  it("waits where nobody takes in what it says", () => {
    const theatre = opened();
    theatre.obey({ kind: "play", speed: 10 });
    for (let k = 0; k < 100; k++) {
      theatre.nowMs += 40;
      theatre.player.turn();
    }
    expect(theatre.pieces.length).toBeLessThan(6);
  });

  it("counts the synapses between columns with the others", () => {
    const experiment = readExperiment("preset: baseline-quick\nparameters: { columnsX: 2 }");
    const theatre = new Theatre();
    const bytes = strToU8(experimentText(experiment));
    theatre.obey({ kind: "open-file", bytes, name: "two.yaml" });
    const report = theatre.reports.find(({ kind }) => kind === "opened");
    const { synapseCount, interColumn } = buildNetwork(experiment.parameters);
    const all = synapseCount + interColumn!.postsynaptic.length;
    expect(report).toMatchObject({ column: { synapseCount: all } });
  });

  it("touches the column at the moment that it is on its way to", () => {
    const theatre = opened();
    theatre.obey(
      { kind: "go-to", timeMs: 1200, fromMs: 0, passage: 1 },
      { kind: "touch", what: { plasticity: "on" } },
    );
    theatre.pass(50);
    expect(theatre.standing).toMatchObject({ timeMs: 1200, learningOn: true, isSeeking: false });
    expect(theatre.standing.marks.filter(({ isTouched }) => isTouched)).toMatchObject([
      { id: "plasticity-1200", timeMs: 1200 },
    ]);
    theatre.obey({ kind: "touch", what: { set: { scalingBeta: 0.5 } } });
    theatre.obey({ kind: "touch", what: { external: 0.7 } });
    expect(theatre.standing).toMatchObject({ external: 0.7, parameters: { scalingBeta: 0.5 } });
  });

  it("touches that moment even where it is sent on to another one at once", () => {
    const theatre = opened();
    theatre.obey(
      { kind: "go-to", timeMs: 1200, fromMs: 0, passage: 1 },
      { kind: "touch", what: { plasticity: "on" } },
      { kind: "go-to", timeMs: 1500, fromMs: 1200, passage: 2 },
      { kind: "touch", what: { scaling: "on" } },
    );
    theatre.pass(100);
    expect(theatre.standing.timeMs).toBe(1500);
    expect(theatre.standing.marks.filter(({ isTouched }) => isTouched)).toMatchObject([
      { id: "plasticity-1200" },
      { id: "scaling-1500" },
    ]);
  });

  it("tells again of what lies before the moment that it goes back to", () => {
    const theatre = opened();
    theatre.obey({ kind: "go-to", timeMs: 2500, fromMs: 0, passage: 1 });
    theatre.pass(100);
    theatre.reports.length = 0;
    theatre.obey({ kind: "go-to", timeMs: 2200, fromMs: 2000, passage: 2 });
    theatre.pass(100);
    expect(theatre.standing.passage).toBe(2);
    const { spikes } = simulated(briskExperiment(), 2200);
    expect(theatre.spikes).toEqual(spikes.filter(([timeMs]) => timeMs >= 2000));
  });

  it("names the futures, and returns to one that was left", () => {
    const theatre = opened();
    theatre.obey(
      { kind: "go-to", timeMs: 2000, fromMs: 0, passage: 1 },
      { kind: "touch", what: { plasticity: "on" } },
      { kind: "go-to", timeMs: 2300, fromMs: 2000, passage: 2 },
      { kind: "go-to", timeMs: 1000, fromMs: 0, passage: 3 },
      { kind: "touch", what: { scaling: "on" } },
      { kind: "touch", what: { delete: { cells: "E", count: 3 } } },
    );
    theatre.pass(200);
    expect(theatre.standing).toMatchObject({
      future: { number: 1, label: "without learning, with scaling, 3 of E deleted" },
      left: [{ number: 0, label: "with learning, without scaling", forkMs: 1000 }],
    });
    theatre.reports.length = 0;
    theatre.obey({ kind: "return", future: 0, timeMs: 2200, passage: 4 });
    theatre.pass(100);
    theatre.obey({ kind: "go-to", timeMs: 2400, fromMs: 2200, passage: 5 });
    theatre.pass(100);
    expect(theatre.standing).toMatchObject({ timeMs: 2400, learningOn: true, scalingOn: false });
    const { entries } = briskExperiment();
    const learning = [...entries, { at: "2 s", plasticity: "on" }];
    const { spikes } = simulated({ ...briskExperiment(), entries: learning }, 2400);
    expect(theatre.spikes).toEqual(spikes.filter(([timeMs]) => timeMs >= 2200));
  });

  it("says what is wrong with an order, and goes on", () => {
    const theatre = opened();
    theatre.obey({ kind: "touch", what: { delete: { cells: "E9", count: 1 } } });
    expect(theatre.reports.at(-1)).toMatchObject({
      kind: "problem",
      title: "This cannot be done",
      message: expect.stringContaining('there are no cells "E9"'),
    });
    const link = placeLink({ experiment: briskExperiment(), touched: [], momentMs: 0 });
    theatre.obey({ kind: "open", link: link.slice(0, -30), speed: 0 });
    const [problem, reopened] = theatre.reports.slice(-2);
    expect(problem).toMatchObject({ kind: "problem", title: "This cannot be opened" });
    expect(reopened).toMatchObject({ kind: "opened", column: { durationMs: 3_600_000 } });
  });

  it("names the keys of a touch that cannot be, not the id that it would have", () => {
    const theatre = opened();
    const problemOf = (what: EntrySource) => {
      theatre.obey({ kind: "touch", what });
      const report = theatre.reports.at(-1)!;
      return report.kind === "problem" && report.message;
    };
    expect(problemOf({ delete: { cells: "E", count: 400 } })).toBe(
      "count: 400 cells are more than there are: 322.",
    );
    expect(problemOf({ for: "2", silence: { cells: "E" } })).toMatch(
      /^for: a time needs its unit: expected 2 s/,
    );
    expect(problemOf({ set: { scalingBeta: "a" } })).toMatch(/^scalingBeta = "a": expected/);
    expect(problemOf({ set: undefined })).toMatch(/^set: expected/);
  });

  it("says when too few cells live to be deleted, by what was done", () => {
    const theatre = opened();
    const what = { delete: { cells: "E4", count: 20 } };
    theatre.obey({ kind: "touch", what }, { kind: "touch", what }, { kind: "play", speed: 1 });
    theatre.pass(50);
    expect(theatre.reports.filter(({ kind }) => kind === "problem")).toEqual([
      {
        kind: "problem",
        title: "Too few cells live",
        message: "“20 of E4 deleted” has no effect from 0 s on: 20 cells to delete, 10 alive.",
      },
    ]);
  });

  it("goes on where it was after an hour asleep", () => {
    const theatre = opened();
    theatre.obey({ kind: "play", speed: 10 });
    theatre.pass(100);
    const { timeMs } = theatre.standing;
    theatre.nowMs += 3_600_000;
    theatre.pass(100);
    theatre.obey({ kind: "pause" });
    expect(theatre.standing.timeMs).toBeGreaterThan(timeMs);
    expect(theatre.standing.timeMs).toBeLessThan(timeMs + 2500);
  });

  it("ends with the experiment", () => {
    const theatre = new Theatre();
    theatre.obey(
      {
        kind: "open-file",
        bytes: strToU8("preset: baseline-quick\nduration: 300 ms"),
        name: "short.yaml",
      },
      { kind: "play", speed: 100 },
    );
    theatre.pass(50);
    expect(theatre.standing).toMatchObject({ timeMs: 300, isPlaying: false, isSeeking: false });
    expect(theatre.player.isBusy).toBe(false);
    const problems = () => theatre.reports.filter(({ kind }) => kind === "problem");
    expect(problems()).toEqual([]);
    theatre.obey({ kind: "play", speed: 100 });
    theatre.pass(50);
    expect(theatre.standing).toMatchObject({ timeMs: 300, isPlaying: false });
    expect(problems()).toMatchObject([{ message: expect.stringContaining("ends here") }]);
  });

  it("follows one cell, alive or dead", () => {
    const theatre = opened();
    theatre.obey({ kind: "watch", cell: 7 }, { kind: "play", speed: 1 });
    theatre.pass(300);
    const watched = () => theatre.pieces.at(-1)!.samples.at(-1)!.watched!;
    expect(watched().potentialMv).toBeGreaterThan(-90);
    expect(watched().outputs.length).toBeGreaterThan(2);
    theatre.obey({ kind: "touch", what: { delete: { cells: "7", count: 1 } } });
    theatre.pass(100);
    theatre.obey({ kind: "pause" });
    expect(watched()).toMatchObject({ cell: 7, alive: false });
  });
});
