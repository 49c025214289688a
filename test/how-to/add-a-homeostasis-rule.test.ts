import { join } from "node:path";
import { expect, it } from "vitest";
import { openRun } from "../../src/runs/opening.ts";
import { followPage } from "./page.ts";

it("the page Add a homeostasis rule adds one that runs, to the same bits in both engines", () => {
  const { manifest, spikeCount } = openRun(
    join(followPage("add-a-homeostasis-rule"), "runs/tired"),
  );
  expect(manifest.parameters["fatigueStepMv"]).toMatchObject({ value: 4, unit: "mV" });
  expect(spikeCount).toBeGreaterThan(100);
});
