import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { presets } from "../../../src/experiment/presets.ts";
import { resolveParameters } from "../../../src/model/derived-defaults.ts";
import { parseAssignments } from "../../../src/model/overrides.ts";
import { publishedSeeds } from "../../../src/paper/figures-2014.ts";
import { planSweep, taskParameters } from "../../../src/study/planning/plan.ts";
import { readSweep } from "../../../src/study/planning/sweep-file.ts";
import {
  assignmentsOf,
  depositedScripts,
  depositedScripts2014,
  seedAssignments,
} from "../../model/deposited-commands.ts";

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

/** Those of the second model. */
const studies2014: Readonly<Record<string, readonly string[]>> = {
  "alzheimer-loss": ["0deletionNoscaling", "1AD"],
  "alzheimer-stimulation-rate": ["3ADprosfreq"],
  "alzheimer-stimulation-weight": ["3ADproswt"],
  "alzheimer-local-stimulation-rate": ["4localADprosfreq"],
  "alzheimer-local-stimulation-weight": ["4localADproswt"],
  "alzheimer-two-populations-rate": ["unused/4localADprosfreqE5"],
  "alzheimer-two-populations-weight": ["unused/4localADproswtE5"],
  "alzheimer-stimulation-start": ["unused/5prosthesisstart"],
  "stimulation-alone-rate": ["unused/2onlystimprosfreq"],
  "stimulation-alone-weight": ["unused/2onlystimproswt"],
  "information-signal-weight": ["6testinfo"],
  "alzheimer-information-weight": ["7ADinfo"],
};

const scriptOf = (file: string) =>
  [...depositedScripts, ...depositedScripts2014].find((one) =>
    [file, `stdpscaling/${file}`, `experiments/${file}.sh`].includes(one.file),
  )!;

const runsOf = (name: string, text: string) => {
  const program = { name: "isocortex", version: "test" };
  const { header, tasks } = planSweep(readSweep(text, name, name, presets), program);
  return tasks.filter(({ kind }) => kind === "run").map((run) => taskParameters(header, run));
};

const textOf = (name: string) => readFileSync(join(folder, `${name}.yaml`), "utf8");

const sorted = (runs: readonly object[]) => runs.map((run) => JSON.stringify(run)).sort();

describe.each(Object.entries(studies))("the study %s", (name, files) => {
  it("has exactly the runs of the deposited scripts", () => {
    const deposited = files.flatMap((file) => assignmentsOf(scriptOf(file)));
    expect(sorted(runsOf(name, textOf(name)))).toEqual(
      sorted(deposited.map((assignments) => resolveParameters(parseAssignments(assignments)))),
    );
  });

  it("names the scripts, in the file and in the docs", () => {
    expectNamed(name, files);
  });
});

function expectNamed(name: string, files: readonly string[]): void {
  const row = readFileSync(join(project, "docs/sweeps.md"), "utf8")
    .split("\n")
    .find((line) => line.startsWith(`| \`${name}\``));
  for (const file of files) {
    expect(textOf(name)).toContain(file.split("/").at(-1)!);
    expect(row).toContain(`\`${file}\``);
  }
}

describe.each(Object.entries(studies2014))("the study %s of the second model", (name, files) => {
  it("has exactly the runs of the deposited scripts, with the paper's seeds", () => {
    const seeds = /^seeds: (\[[^\]]*\])/m;
    const [, list] = seeds.exec(textOf(name))!;
    expect(JSON.parse(list!)).toEqual(publishedSeeds);
    // The runs of two of the seeds: all have the same settings.
    const runs = runsOf(name, textOf(name).replace(seeds, "seeds: [1, 60]"));
    const deposited = files.flatMap((file) =>
      assignmentsOf(scriptOf(file)).flatMap((assignments) =>
        [1, 60].map((seed) => [...assignments, ...seedAssignments(seed)]),
      ),
    );
    expect(sorted(runs)).toEqual(
      sorted(deposited.map((assignments) => resolveParameters(parseAssignments(assignments)))),
    );
  });

  it("names the scripts, in the file and in the docs", () => {
    expectNamed(name, files);
  });

  it("has a quick form of its own experiment that differs in times and gains alone", () => {
    const [quick] = runsOf(name, textOf(`${name}-quick`));
    const [full] = runsOf(name, textOf(name).replace(/^seeds: \[[^\]]*\]/m, "seeds: [1]"));
    const differing = Object.keys(full!).filter(
      (key) => (quick as object)[key as never] !== (full as object)[key as never],
    );
    const allowed = /Ms$|DurationS$|^scaling(Beta|Gamma)$/;
    expect(differing.filter((key) => !allowed.test(key))).toEqual([]);
    expect(quick!.baselineDurationS).toBeLessThanOrEqual(600);
  });
});

it("each script is followed by a study, and each study has a quick form", () => {
  const all = { ...studies, ...studies2014 };
  const followed = Object.values(all)
    .flat()
    .map((file) => scriptOf(file).file);
  const scripts = [...depositedScripts, ...depositedScripts2014];
  expect(followed.sort()).toEqual(scripts.map(({ file }) => file).sort());
  const names = Object.keys(all).flatMap((name) => [`${name}.yaml`, `${name}-quick.yaml`]);
  expect(readdirSync(folder).sort()).toEqual(names.sort());
});
