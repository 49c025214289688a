// Times the original under NEURON in turn with isocortex; README.md says what is needed.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  heedingUsage,
  isocortex,
  measureInTurn,
  optionsOf,
  output,
  program,
  report,
  requireProgram,
  UsageError,
} from "../turns.mjs";
import { checkDeposit, compileDeposit } from "./deposit.mjs";
import { compareSpikes, readSpikes } from "./spikes.mjs";

const usage = `node bench/peers/neuron/column.mjs --deposit DIR [--seconds N] [--rounds N] [--json]

  --deposit DIR  the original, ModelDB 147141, unpacked: the folder that contains sim.hoc
  --seconds N    simulated time of a run (default: 100)
  --rounds N     runs of each, in turn (default: 5)
  --json         all measurements as JSON
`;

/** The column at rest, scaled from 5 s on; spikes are written at the end. */
const overridesOf = (seconds) =>
  `{stdpsim=1 scaling=1 scalingstart=5000 PreDur=${seconds} LearnDur=0 PostDur=0 ` +
  `buffertime=${1000 * seconds}}`;

await heedingUsage(async () => {
  const options = optionsOf({ deposit: { type: "string" } }, usage);
  if (!options.deposit) throw new UsageError(`--deposit is missing.\n\n${usage}`);
  checkDeposit(options.deposit);
  for (const name of ["nrniv", "nrnivmodl"]) requireProgram(name, "apt-get install neuron-dev g++");
  const folder = mkdtempSync(join(tmpdir(), "isocortex-neuron-"));
  try {
    const [ours, theirs, exported] = ["isocortex", "original", "exported"].map((name) =>
      join(folder, name),
    );
    mkdirSync(theirs);
    const { copy, command } = compileDeposit(resolve(options.deposit), folder);
    const contenders = [
      isocortex((seconds) => [ours, overridesOf(seconds)]),
      { name: "NEURON", cwd: copy, command: (seconds) => command(overridesOf(seconds), theirs) },
    ];
    const rounds = measureInTurn(contenders, options);
    output([process.execPath, program, "export", ours, "--format", "neuron", "--out", exported]);
    const spikes = compareSpikes(readSpikes(exported), readSpikes(theirs));
    const version = output(["nrniv", "--version"]).stdout.match(/VERSION (\S+)/)?.[1];
    report(rounds, contenders, options, { peer: `NEURON ${version}`, notes: [spikes.text] });
    if (!spikes.same) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
});
