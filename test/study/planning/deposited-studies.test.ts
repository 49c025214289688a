import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { presets } from "../../../src/experiment/presets.ts";
import { resolveParameters } from "../../../src/model/derived-defaults.ts";
import { parseAssignments } from "../../../src/model/overrides.ts";
import { planSweep, taskParameters } from "../../../src/study/planning/plan.ts";
import { readSweep } from "../../../src/study/planning/sweep-file.ts";
import { assignmentsOf, depositedScripts } from "../../model/deposited-commands.ts";

const project = new URL("../../../", import.meta.url).pathname;
const folder = join(project, "examples/sweeps");

/** The shipped studies, and the scripts of the deposit that each one follows. */
const studies: Readonly<Record<string, readonly string[]>> = {
  "scaling-beta": ["onlyscaling-activitybeta"],
  "scaling-gamma": ["onlyscaling-activitygamma"],
  "stdp-step": ["onlytraining-plastinc", "trainingandscaling-plastinc"],
  "stdp-step-unbounded": [
    "STDPtinkering/onlytrainingunlimited-plastinc",
    "STDPtinkering/trainingandscalingunlimited-plastinc",
  ],
  "stdp-step-shuffled": [
    "STDPtinkering/onlytrainingAllTrainRand-plastinc",
    "STDPtinkering/trainingandscalingAllTrainRand-plastinc",
  ],
  "stdp-step-fast-sensor": ["STDPtinkering/trainingandscalingactivitytau-plastinc"],
  "training-rate": ["onlytraining-trainrate", "trainingandscaling-trainrate"],
  "deletion-step": ["onlydeletion"],
  "deletion-scaling-beta": ["scalingwithdeletion-activitybeta"],
  "deletion-scaling-gamma": ["scalingwithdeletion-activitygamma"],
  "deletion-learning-beta": ["alz/activitybeta.sh"],
  "deletion-learning-gamma": ["alz/activitygamma.sh"],
};

const scriptOf = (file: string) =>
  depositedScripts.find((one) => [file, `stdpscaling/${file}`].includes(one.file))!;

const textOf = (name: string) => readFileSync(join(folder, `${name}.yaml`), "utf8");

const sorted = (runs: readonly object[]) => runs.map((run) => JSON.stringify(run)).sort();

describe.each(Object.entries(studies))("the study %s", (name, files) => {
  it("has exactly the runs of the deposited scripts", () => {
    const plan = planSweep(readSweep(textOf(name), name, name, presets), {
      name: "isocortex",
      version: "test",
    });
    const runs = plan.tasks.filter(({ kind }) => kind === "run");
    const deposited = files.flatMap((file) => assignmentsOf(scriptOf(file)));
    expect(sorted(runs.map((run) => taskParameters(plan.header, run)))).toEqual(
      sorted(deposited.map((assignments) => resolveParameters(parseAssignments(assignments)))),
    );
  });

  it("names the scripts, in the file and in the docs", () => {
    const row = readFileSync(join(project, "docs/sweeps.md"), "utf8")
      .split("\n")
      .find((line) => line.startsWith(`| \`${name}\``));
    for (const file of files) {
      expect(textOf(name)).toContain(file.split("/").at(-1)!);
      expect(row).toContain(`\`${file}\``);
    }
  });
});

it("each script is followed by a study, and each study has a quick form", () => {
  const followed = Object.values(studies)
    .flat()
    .map((file) => scriptOf(file).file);
  expect(followed.sort()).toEqual(depositedScripts.map(({ file }) => file).sort());
  const names = Object.keys(studies).flatMap((name) => [`${name}.yaml`, `${name}-quick.yaml`]);
  expect(readdirSync(folder).sort()).toEqual(names.sort());
});
