import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { cellsOf, isExcitatory } from "../../src/analysis/firing/cell-groups.ts";
import { readExperiment } from "../../src/experiment/file.ts";
import { Simulation } from "../../src/simulation/advance.ts";

/** A worked experiment without an entry of its timeline, or as it is, at every second of its course. */
function executed(name: string, without?: string, untilS = Number.POSITIVE_INFINITY) {
  const file = `examples/experiments/${name}.yaml`;
  const { parameters, entries } = readExperiment(readFileSync(file, "utf8"), file);
  const kept = entries.filter(({ id }) => id !== without);
  const simulation = new Simulation(parameters, { entries: kept });
  const cells = cellsOf(simulation.network.populations, isExcitatory);
  const isE = new Set(cells);
  const ratesHz: number[] = [];
  const endS = Math.min(untilS, simulation.durationMs / 1000);
  for (let second = 1; second <= endS; second++) {
    let spikes = 0;
    simulation.advance(1000 * second, (_, of, count) => {
      for (let k = 0; k < count; k++) if (isE.has(of[k]!)) spikes++;
    });
    const { alive } = simulation.cellState();
    ratesHz.push(spikes / cells.filter((cell) => alive[cell]).length);
  }
  const { alive, scaleFactor } = simulation.cellState();
  const living = cells.filter((cell) => alive[cell]);
  return {
    /** Rate of the living E cells, Hz. */
    rateHz: (from: number, to: number) =>
      ratesHz.slice(from, to).reduce((sum, rate) => sum + rate, 0) / (to - from),
    /** The first second in which E cells fire at more than 10 Hz. */
    seizureS: ratesHz.findIndex((rate) => rate > 10),
    living: living.length,
    scaleFactor: living.reduce((sum, cell) => sum + scaleFactor[cell]!, 0) / living.length,
  };
}

it("a focal lesion halves the rate of the others, and scaling brings its mean back", () => {
  const scaled = executed("focal-lesion");
  const control = executed("focal-lesion", "homeostasis");
  expect([scaled.living, control.living]).toEqual([185, 185]);
  expect(scaled.rateHz(80, 100) / scaled.rateHz(60, 80)).toBeLessThan(0.6);
  expect(scaled.rateHz(120, 160) / scaled.rateHz(60, 80)).toBeGreaterThan(0.85);
  expect(control.rateHz(120, 160) / control.rateHz(60, 80)).toBeLessThan(0.6);
});

it("inhibition on demand ends every onset of a seizure, as long as learning lasts", () => {
  const guarded = executed("closed-loop-inhibition");
  const control = executed("closed-loop-inhibition", "guard", 145);
  expect(control.seizureS).toBe(140);
  expect(control.rateHz(141, 145)).toBeGreaterThan(50);
  expect(guarded.seizureS).toBe(-1);
  expect(guarded.rateHz(120, 165)).toBeGreaterThan(0.5);
  expect(guarded.rateHz(120, 165)).toBeLessThan(0.7);
});

it("intermittent stimulation during cell loss spares the survivors' scale factors", () => {
  const stimulated = executed("stimulation-during-loss");
  const control = executed("stimulation-during-loss", "rescue");
  expect([stimulated.living, control.living]).toEqual([111, 111]);
  expect(stimulated.scaleFactor).toBeLessThan(0.65 * control.scaleFactor);
  expect(stimulated.rateHz(280, 300)).toBeGreaterThan(control.rateHz(280, 300));
});

it("a seizure spreads to the neighbours of its column and remains; scaling reduces it", () => {
  const scaled = executed("spreading-seizure", undefined, 7);
  const control = executed("spreading-seizure", "homeostasis", 7);
  expect([scaled.seizureS, control.seizureS]).toEqual([3, 3]);
  expect(control.rateHz(0, 3)).toBeLessThan(1);
  // No single column could bring the mean of the three to this.
  expect(control.rateHz(3, 4)).toBeGreaterThan(60);
  expect(control.rateHz(6, 7)).toBeGreaterThan(75);
  expect(scaled.rateHz(6, 7)).toBeLessThan(55);
});
