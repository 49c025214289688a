import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";
import { layEntries } from "../../src/experiment/definition.ts";
import { type Experiment, experimentText, presetExperiment } from "../../src/index.ts";
import { commandLine } from "../../src/live/session/command-line.ts";
import { experimentUntil } from "../../src/live/session/experiment-length.ts";
import { LiveColumn } from "../../src/live/session/live-column.ts";
import { parseAssignments } from "../../src/model/overrides.ts";
import { entryFromLine } from "../../src/timeline/entry-line.ts";
import { briskExperiment } from "./session.ts";

/** The experiment that a command runs, as a shell hands it over. */
function commanded(line: string): Experiment {
  const shell = `printf '%s\\0' ${line.replace("isocortex run", "")}`;
  const [preset, ...words] = execFileSync("sh", ["-c", shell], { encoding: "utf8" }).split("\0");
  const given = (option: string) =>
    words.flatMap((word, k) => (words[k - 1] === option ? [word] : []));
  const changes = parseAssignments(given("--set"));
  const experiment = presetExperiment(preset!, { changes });
  const added = given("--add").map(entryFromLine);
  return { ...experiment, entries: layEntries(experiment.parameters, experiment.entries, added) };
}

const bare = (experiment: Experiment) => experimentText({ ...experiment, description: "" });

it("is the command that runs what was touched", () => {
  const column = new LiveColumn(briskExperiment());
  column.advance(1200);
  column.touch({ plasticity: "on" });
  column.touch({
    for: "2 s",
    stimulate: { cells: ["E2", "400-410"], weight: 5, rate: "3 Hz", pattern: "poisson" },
  });
  column.touch({
    every: "3 s",
    delete: { cells: { of: "E", within: "8 um", around: [1, 2, 3] }, count: 1 },
  });
  column.touch({ set: { scalingBeta: 0.004, targetRateEHz: 3 } });
  column.touch({
    when: { measure: "rate", cells: "E", over: "1 s", above: "20 Hz", once: true },
    scaling: "on",
  });
  const line = commandLine(column.experiment);
  expect(line).toContain("--add 'id plasticity-1200 at 1200 ms: plasticity on'");
  expect(bare(commanded(line))).toBe(bare(column.experiment));
});

it.each(["training-with-scaling-quick", "deletion-with-scaling-quick", "deletion-as-deposited"])(
  "repeats the parameters and timeline of %s",
  (name) => {
    const experiment = presetExperiment(name);
    expect(bare(commanded(commandLine(experiment)))).toBe(bare(experiment));
  },
);

it("ends where the column was left", () => {
  const column = new LiveColumn(briskExperiment());
  column.advance(2500);
  column.touch({ plasticity: "on" });
  const ended = experimentUntil(column.experiment, 2500);
  expect(experimentText(ended)).toContain("duration: 2.5 s");
  expect(commandLine(ended)).toContain("baselineDurationS=2.5");
  const loss = { id: "loss", at: "5 s", delete: { cells: "all", count: 10 } };
  const entries = [...column.experiment.entries, loss];
  const whole = { ...column.experiment, entries };
  expect(experimentUntil(whole, 2500)).toBe(whole);
});
