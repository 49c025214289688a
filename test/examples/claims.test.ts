import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { timelineOf } from "../../src/experiment/definition.ts";
import { presets } from "../../src/experiment/presets.ts";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { parseAssignments } from "../../src/model/overrides.ts";
import { planReplication } from "../../src/replication/plan.ts";
import { type Plan, planSweep, taskCourse } from "../../src/study/planning/plan.ts";
import { readSweep } from "../../src/study/planning/sweep-file.ts";
import { entryFromLine } from "../../src/timeline/entry-line.ts";
import { shell } from "../cli/command.ts";

const folder = join(import.meta.dirname, "../../examples/claims");

/** Plans of the commands of the script, by the names of the studies. */
async function plansOf(...form: readonly string[]): Promise<ReadonlyMap<string, Plan>> {
  const script = ["sh", join(folder, "run.sh"), ...form].join(" ");
  // In place of isocortex, a command that prints its arguments, one a line.
  const { code, stdout } = await shell(`ISOCORTEX='printf %s\\n' ${script}`, { cwd: folder });
  expect(code).toBe(0);
  const studies = stdout.trimEnd().split("== ").slice(1);
  return new Map(
    studies.map((lines) => {
      const [name, ...words] = lines.trimEnd().split("\n");
      return [name!, planOf(words)];
    }),
  );
}

function planOf([command, subject, ...options]: readonly string[]): Plan {
  const given = (option: string) =>
    options.flatMap((word, k) => (options[k - 1] === option ? [word] : []));
  if (command === "replicate") {
    const changes = parseAssignments(given("--set"));
    const added = given("--add").map(entryFromLine);
    return planReplication({ preset: subject!, changes, added, seeds: Number(given("--seeds")) });
  }
  expect(command).toBe("sweep");
  const text = readFileSync(join(folder, basename(subject!)), "utf8");
  const sweep = readSweep(text, subject!, "study", presets);
  return planSweep(sweep, { name: "isocortex", version: "test" });
}

/** Parameters and identifiers of the timeline of each run. */
const coursesOf = ({ header, tasks }: Plan) =>
  tasks
    .filter(({ kind }) => kind === "run")
    .map((task) => {
      const course = taskCourse(header, task);
      return {
        ...course.parameters,
        seed: task.seed,
        ids: timelineOf(course).timeline.map(({ id }) => id),
      };
    });

describe.each([["at published length"], ["in short form", "quick"]])(
  "the claims, %s",
  (_, ...form) => {
    it("are tested in so many networks, without and with scaling", async () => {
      const plans = await plansOf(...form);
      const networks = Object.fromEntries(
        [...plans].map(([name, plan]) => [
          name,
          new Set(coursesOf(plan).map(({ seed }) => seed)).size,
        ]),
      );
      expect(networks).toEqual({
        training: 20,
        "training-shuffled": 5,
        "training-silent": 5,
        scaling: 5,
        "deletion-as-deposited": 5,
        deletion: 5,
        "deletion-external-input-kept": 5,
        "deletion-scripts": 5,
      });
      for (const [name, plan] of plans) {
        const courses = coursesOf(plan);
        expect(courses.filter(({ scaling }) => scaling)).toHaveLength(networks[name]!);
        expect(courses).toHaveLength(2 * networks[name]!);
      }
    });

    it("have controls that differ in what they leave out", async () => {
      const plans = await plansOf(...form);
      const [first, shuffled, silent] = ["training", "training-shuffled", "training-silent"].map(
        (name) => coursesOf(plans.get(name)!)[0]!,
      );
      expect(shuffled).toEqual({ ...first, trainingShuffled: true });
      expect(silent).toEqual({ ...first, ids: first!.ids.filter((id) => id !== "training") });
      expect(first!.ids).toContain("training");
      const [deletion, kept] = ["deletion", "deletion-external-input-kept"].map(
        (name) => coursesOf(plans.get(name)!)[0]!,
      );
      expect(kept).toEqual({ ...deletion, reduceExternalInput: false });
    });
  },
);

it("deletion without and with scaling is as in the deposited scripts, but for the seed", async () => {
  const plan = (await plansOf()).get("deletion-scripts")!;
  const scripts = [
    "stdpsim=0 scaling=0 PreDur=160000 segmentlength=1600e3 LearnDur=0 PostDur=0 deletionstep=2",
    "stdpsim=0 scaling=1 scalingstart=1000e3 segmentlength=1600e3 PreDur=160000 LearnDur=0 deletionstep=2",
  ];
  const [without, scaled] = [false, true].map((scaling) =>
    coursesOf(plan).find((course) => course.seed === 1 && course.scaling === scaling),
  );
  for (const [k, course] of [without, scaled].entries()) {
    const { seed, ids, ...parameters } = course!;
    const deposited = resolveParameters(parseAssignments(scripts[k]!.split(" ")));
    expect(withoutSeeds(parameters)).toEqual(withoutSeeds(deposited));
  }
});

const withoutSeeds = (parameters: object) =>
  Object.fromEntries(Object.entries(parameters).filter(([name]) => !name.endsWith("Seed")));
