/** A program that adds an intervention of its own to the library, and works with runs that have it. */
import { readFileSync } from "node:fs";
import { interventions, readExperiment, runExperiment } from "../../dist/index.js";
import * as node from "../../dist/node/index.js";

const { addIntervention, entryFromLine, fields, instantKind } = interventions;

addIntervention(
  instantKind({
    key: "tire",
    description: "Weakens external input a little more each time.",
    example: "from 1 s every 1 s: tire { factor: 0.9 }",
    schema: fields.keys({
      factor: fields.number("What external input is multiplied by.", { minimum: 0, maximum: 1 }),
    }),
    label: ({ factor }) => `input × ${factor}`,
    initial: { times: 0 },
    act({ factor }, kept, column, entry) {
      const times = kept.times + 1;
      column.scaleExternalInput(entry, factor ** times);
      const detail = { times };
      return {
        kept: { times },
        events: [{ kind: "intervention", what: "tire", phase: "done", detail }],
      };
    },
  }),
);

const observer = { onReport: () => {}, signal: new AbortController().signal };
const pace = { checkpointIntervalMs: 10 };
const text = (file) => readFileSync(file, "utf8");

const commands = {
  async run(file, directory) {
    const experiment = readExperiment(text(file), file);
    const request = { ...experiment, ...pace, directory, overwrite: false, label: "tired" };
    await node.recordRun(request, observer);
  },
  resume: (directory) => node.resumeRun(directory, pace, observer),
  async branch(parent, timeMs, line, directory) {
    const request = { parent, timeMs: Number(timeMs), changes: {}, added: [entryFromLine(line)] };
    const branch = node.planBranch({
      ...request,
      ...pace,
      directory,
      overwrite: false,
      label: "b",
    });
    await node.recordBranch(branch, observer);
  },
  async sweep(file, experimentFile, directory) {
    const experiment = readExperiment(text(experimentFile), experimentFile);
    const options = { experiments: { "tired.yaml": experiment }, processes: 0 };
    const { runs } = await node.runSweep(text(file), directory, options);
    print(runs.map((run) => [run.settings, run.directory]));
  },
  async figure(directory) {
    print(node.drawRuns([directory], { kind: "activity" }).svg);
  },
  async memory(file) {
    const run = await runExperiment(readExperiment(text(file), file));
    print(run.events());
  },
};

const print = (value) => process.stdout.write(JSON.stringify(value));

const [command, ...args] = process.argv.slice(2);
await commands[command](...args);
