import { join } from "node:path";
import { expect, it } from "vitest";
import { openRun } from "../../src/runs/opening.ts";
import { followPage } from "./page.ts";

const copy = followPage("add-a-way-to-choose-cells");

it("the page Add a way to choose cells adds a kind of selection", () => {
  const { manifest } = openRun(join(copy, "runs/every"));
  const layer = manifest.populations.filter(({ layer }) => layer === 4);
  const cells = layer.flatMap(({ firstCell, cellCount }) =>
    Array.from({ length: cellCount }, (_, k) => firstCell + k),
  );
  const chosen = cells.filter((_, k) => k % 3 === 0);
  const silence = manifest.timeline!.find(({ what }) => what === "silence");
  expect(silence!.cells["silence.cells"]).toBe(chosen.join(", "));
});

it("the page Add a way to choose cells adds one by which cells die", () => {
  const run = openRun(join(copy, "runs/lowest"));
  const [deletion] = run.events().flatMap((event) => (event.kind === "deletion" ? [event] : []));
  const { cells, scaleFactors } = deletion!;
  expect(cells).toHaveLength(10);
  const last = run.sample(run.sampleTimesMs.length - 1);
  const living = run.manifest.populations
    .filter(({ cellClass }) => cellClass === "E")
    .flatMap(({ firstCell, cellCount }) =>
      Array.from({ length: cellCount }, (_, k) => firstCell + k),
    )
    .filter((cell) => last.alive[cell]);
  // A second later, the factors of those that live have changed little.
  const least = living.reduce((low, cell) => Math.min(low, last.scaleFactor[cell]!), Infinity);
  expect(Math.max(...scaleFactors)).toBeLessThan(least + 0.05);
  expect(Math.max(...scaleFactors)).toBeLessThan(1);
});
