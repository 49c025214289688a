import { describe, expect, it } from "vitest";
import { branchParameters } from "../../src/experiment/branch.ts";
import {
  experimentText,
  InvalidTimelineError,
  readExperiment,
  Simulation,
} from "../../src/index.ts";
import { LiveColumn } from "../../src/live/session/live-column.ts";
import { briskExperiment, outcomeOf, played, SpikeList, simulated } from "./session.ts";

describe("a column that is played", () => {
  it("gives the bits of its experiment simulated from the beginning, whatever was touched", () => {
    const column = new LiveColumn(briskExperiment());
    const list = new SpikeList();
    const touches: [untilMs: number, what: Record<string, unknown>][] = [
      [500, { plasticity: "on" }],
      [1210, { scaling: "on" }],
      [1500, { delete: { cells: "E", count: 20 } }],
      [1500, { delete: { cells: "I", count: 5, choose: "highest-rate" } }],
      [1980, { set: { plasticIncrementEE: 0.2 } }],
      [
        2200,
        {
          for: "300 ms",
          stimulate: { cells: "L2", weight: "20 mV", rate: "50 Hz", pattern: "poisson" },
        },
      ],
      [2400, { external: 0.8 }],
      [2600, { plasticity: "off" }],
      [2600, { plasticity: "on" }],
      [2700, { until: "2.9 s", silence: { cells: "E5R" } }],
    ];
    for (const [untilMs, what] of touches) {
      column.advance(untilMs, list);
      column.touch(what);
    }
    column.advance(4000, list);
    expect(outcomeOf(column.simulation, list)).toEqual(simulated(column.experiment, 4000));
    // As a file, too, and although the same switch was touched twice at one time.
    const text = experimentText(column.experiment);
    expect(simulated(readExperiment(text), 4000).spikes).toEqual(list.spikes);
    expect(column.touched).toHaveLength(9);
  });

  it("reads texts of a form as those of a file", () => {
    const touched = (what: Record<string, unknown>) => {
      const column = new LiveColumn(briskExperiment());
      const { id, at, from, ...read } = column.touch(what);
      return read;
    };
    const cells = "{ of: E, within: 8 um, around: [15, 15, 0] }";
    expect(touched({ for: "2 s", silence: { cells } })).toEqual({
      for: "2 s",
      silence: { cells: { of: "E", within: "8 um", around: [15, 15, 0] } },
    });
    expect(touched({ delete: { cells: "8-9, 40", count: "1" } })).toEqual({
      delete: { cells: "8-9, 40", count: 1 },
    });
    expect(touched({ set: { plasticIncrementEE: "2e-3" } })).toEqual({
      set: { plasticIncrementEE: 2e-3 },
    });
    expect(touched({ scaling: "on" })).toEqual({ scaling: "on" });
    expect(touched({ silence: { cells: "7" } })).toEqual({ silence: { cells: 7 } });
    expect(() => touched({ silence: { cells: "{ of" } })).toThrow(InvalidTimelineError);
  });

  it("stops where it is ended, and goes on in a future in which it is not", () => {
    const column = new LiveColumn(briskExperiment());
    column.advance(1000);
    column.touch({ end: {} });
    const reached = () => {
      column.advance(2000);
      return [column.timeMs, column.durationMs];
    };
    expect(reached()).toEqual([1000, 1000]);
    column.goTo(500);
    expect(column.durationMs).toBe(60_000);
    expect(reached()).toEqual([1000, 1000]);
    column.goTo(500);
    column.touch({ external: 0.9 });
    expect(reached()).toEqual([2000, 60_000]);
  });

  it("goes back to any moment, and on to the same bits", () => {
    const column = new LiveColumn(briskExperiment());
    const first = played(column, 1000);
    column.touch({ plasticity: "on" });
    first.push(...played(column, 7000));
    const from = (startMs: number, endMs: number) =>
      first.filter(([timeMs]) => timeMs >= startMs && timeMs < endMs);
    for (const [backMs, toMs] of [
      [6000, 7000],
      [500, 1500],
      [0, 500],
    ] as const) {
      column.goTo(backMs);
      expect([column.timeMs, column.reachedMs]).toEqual([backMs, 7000]);
      expect(played(column, toMs)).toEqual(from(backMs, toMs));
    }
    const list = new SpikeList();
    column.goTo(6500, list, 5500);
    expect(list.spikes).toEqual(from(5500, 6500));
  });

  it("takes another future where it is touched in the past, as a branch does", () => {
    const experiment = briskExperiment();
    const column = new LiveColumn(experiment);
    played(column, 2000);
    column.touch({ plasticity: "on" });
    played(column, 3500);
    column.touch({ delete: { cells: "E", count: 30 } });
    played(column, 4000);
    column.goTo(3000);
    column.touch({ scaling: "on" });
    expect(column.reachedMs).toBe(3000);
    expect(column.experiment.entries.map(({ id }) => id)).toEqual([
      "training",
      "plasticity-2000",
      "scaling-3000",
    ]);
    const list = new SpikeList();
    column.advance(5000, list);

    const { parameters, entries } = experiment;
    const learning = { id: "plasticity-2000", at: "2 s", plasticity: "on" };
    const parent = new Simulation(parameters, { entries: [...entries, learning] });
    parent.advance(3000, () => {});
    const branch = new Simulation(branchParameters(parameters, {}, 3000), {
      network: parent.network,
      entries: [...parent.entries, { id: "scaling", at: "3 s", scaling: "on" }],
    });
    branch.branchFrom(parent);
    const branched = new SpikeList();
    branch.advance(5000, branched.onSpikes);
    expect(outcomeOf(column.simulation, list)).toEqual(outcomeOf(branch, branched));
    const whole = simulated(column.experiment, 5000);
    expect(whole.spikes.filter(([timeMs]) => timeMs >= 3000)).toEqual(list.spikes);
    expect(whole.gains).toEqual(column.simulation.plasticGains());
  });

  it("returns to a future that was left, and to the one that was taken for it", () => {
    const column = new LiveColumn(briskExperiment());
    played(column, 5500);
    column.touch({ plasticity: "on" });
    const first = played(column, 7000);
    column.goTo(5800);
    column.touch({ scaling: "on" });
    played(column, 6500);
    column.touch({ delete: { cells: "E", count: 30 } });
    const second = played(column, 7000);
    expect(column.left).toMatchObject([{ number: 0, forkMs: 5800, reachedMs: 7000 }]);

    column.returnTo(0, 7000);
    expect(column.present).toMatchObject({ number: 0, reachedMs: 7000 });
    expect(column.experiment.entries.map(({ id }) => id)).toEqual(["training", "plasticity-5500"]);
    const again = new SpikeList();
    column.goTo(8000, again, 5500);
    const whole = simulated(column.experiment, 8000);
    expect(outcomeOf(column.simulation, again)).toEqual({
      ...whole,
      spikes: whole.spikes.filter(([timeMs]) => timeMs >= 5500),
    });
    expect(again.spikes.slice(0, first.length)).toEqual(first);

    column.returnTo(1, 6500);
    const other = new SpikeList();
    column.goTo(7000, other, 6500);
    expect(other.spikes).toEqual(second);
    expect(column.touched).toEqual(["plasticity-5500", "scaling-5800", "delete-6500"]);
    expect(() => column.returnTo(7, 0)).toThrow("no longer known");
  });

  it("keeps the last futures that were left, until they are forgotten", () => {
    const column = new LiveColumn(briskExperiment());
    for (const count of [1, 2, 3, 4]) {
      played(column, 600);
      column.goTo(500);
      column.touch({ delete: { cells: "E", count } });
    }
    expect(column.left.map(({ number }) => number)).toEqual([2, 3]);
    column.forget(2);
    expect(column.left.map(({ number }) => number)).toEqual([3]);
  });

  it("goes back within the new future, and before where it began", () => {
    const column = new LiveColumn(briskExperiment());
    column.advance(5500);
    column.touch({ plasticity: "on" });
    column.advance(6000);
    column.goTo(4000);
    column.touch({ delete: { cells: "E", count: 30 } });
    const first = played(column, 7000);
    column.goTo(6000);
    expect(played(column, 7000)).toEqual(first.filter(([timeMs]) => timeMs >= 6000));
    column.goTo(3000);
    column.advance(7000);
    const again = simulated(column.experiment, 7000);
    expect(column.simulation.plasticGains()).toEqual(again.gains);
    expect(again.spikes.filter(([timeMs]) => timeMs >= 4000)).toEqual(first);
  });

  it("keeps what the experiment itself has in store when it takes another future", () => {
    const experiment = briskExperiment();
    const loss = { id: "loss", at: "2 s", delete: { cells: "all", count: 10 } };
    const column = new LiveColumn({ ...experiment, entries: [...experiment.entries, loss] });
    column.advance(2500);
    column.goTo(1000);
    column.touch({ scaling: "on" });
    column.advance(2500);
    expect(column.experiment.entries.map(({ id }) => id)).toContain("loss");
    expect(outcomeOf(column.simulation, new SpikeList()).alive).toEqual(
      simulated(column.experiment, 2500).alive,
    );
  });

  it("says what is wrong with a touch, and goes on as if there had been none", () => {
    const column = new LiveColumn(briskExperiment());
    column.advance(2000);
    column.touch({ plasticity: "on" });
    column.advance(3000);
    column.goTo(1000);
    expect(() => column.touch({ delete: { cells: "E", count: 4000 } })).toThrow(
      InvalidTimelineError,
    );
    expect(column.touched).toEqual(["plasticity-2000"]);
    expect(column.reachedMs).toBe(3000);
    column.advance(3000);
    const { gains } = simulated(column.experiment, 3000);
    expect(column.simulation.plasticGains()).toEqual(gains);
  });

  it("ends with its experiment", () => {
    const experiment = readExperiment("preset: baseline-quick\nduration: 1 s");
    const column = new LiveColumn(experiment);
    column.advance(5000);
    expect(column.timeMs).toBe(1000);
  });
});
