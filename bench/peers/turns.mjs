// Times other simulators in turn with isocortex: for each benchmark in this folder.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { sources } from "../sources.mjs";

const own = await sources([
  ["spread", "bench/spread.ts"],
  ["describeMachine", "bench/machine.ts"],
  ["shortNumber", "terminal/quantities.ts"],
  ["textTable", "terminal/text-table.ts"],
]);

/** The command of this tree. */
export const program = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** Simulated time of the run that measures the set-up, s. */
export const SET_UP_SECONDS = 1;

/** Something that the user must mend. */
export class UsageError extends Error {}

/** Ends with exit code 2 and a message if the user must mend something. */
export async function heedingUsage(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof UsageError) && !error.code?.startsWith("ERR_PARSE_ARGS")) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}

/** Options of a benchmark: its own, and those of all. */
export function optionsOf(own, usage) {
  const { values } = parseArgs({
    options: {
      ...own,
      seconds: { type: "string", default: "100" },
      rounds: { type: "string", default: "5" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    process.exit();
  }
  const whole = (name, least) => {
    const value = Number(values[name]);
    if (Number.isInteger(value) && value >= least) return value;
    throw new UsageError(
      `--${name} ${values[name]}: expected a whole number, at least ${least}.\n\n${usage}`,
    );
  };
  return { ...values, seconds: whole("seconds", SET_UP_SECONDS + 1), rounds: whole("rounds", 1) };
}

/** Refuses to begin without a program. */
export function requireProgram(name, install) {
  if (spawnSync("which", [name]).status === 0) return;
  throw new UsageError(`${name} is missing. Install it first: ${install}`);
}

/** Output of a command, which must succeed. */
export function output(command, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command[0], command.slice(1), {
    ...{ cwd, encoding: "utf8", maxBuffer: 1e9, stdio: ["ignore", "pipe", "pipe"] },
    env: { ...process.env, LC_ALL: "C" },
  });
  if (status === 0) return { stdout, stderr };
  const end = `${stdout}${stderr}`.trimEnd().split("\n").slice(-20).join("\n");
  throw new Error(`${command.join(" ")} failed (${error?.message ?? status}):\n${end}`);
}

/** Wall time and processor time of a command and all that it starts, s. */
export function timed(command, cwd) {
  // The shell's own `time` counts the processor time of all descendants that have ended.
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" > /dev/null 2>&1';
  const { stderr } = output(["bash", "-c", script, "bash", ...command], cwd);
  const [wallS, userS, systemS] = stderr.trim().split(" ").map(Number);
  return { wallS, processorS: userS + systemS };
}

/** Runs of isocortex in one thread; `argsOf` gives folder and overrides for a simulated time, s. */
export const isocortex = (argsOf) => ({
  name: "isocortex",
  command: (seconds) => {
    const options = ["--no-plots", "--quiet", "--overwrite", "--threads", "1"];
    return [process.execPath, program, "runsim", ...argsOf(seconds), ...options];
  },
});

/** What a whole run of so many seconds takes, its set-up, and the difference, the simulation. */
function measure({ command, cwd }, seconds) {
  const setUp = timed(command(SET_UP_SECONDS), cwd);
  const whole = timed(command(seconds), cwd);
  const simulation = {
    wallS: whole.wallS - setUp.wallS,
    processorS: whole.processorS - setUp.processorS,
  };
  return { whole, setUp, simulation };
}

/** Runs all in turn, round after round. */
export function measureInTurn(contenders, { seconds, rounds }) {
  return Array.from({ length: rounds }, () =>
    Object.fromEntries(contenders.map((one) => [one.name, measure(one, seconds)])),
  );
}

const parts = { whole: "whole run", setUp: "set-up", simulation: "simulation alone" };
const kinds = { processorS: "processor", wallS: "wall" };

/** Every quantity of the two and the other's ratio to that of isocortex, as medians and extremes. */
export function compare(rounds, [first, second], { seconds }) {
  const row = (name, quantityOf, ratioOf) => ({
    name,
    [first.name]: own.spread(rounds.map((round) => quantityOf(round[first.name]))),
    [second.name]: own.spread(rounds.map((round) => quantityOf(round[second.name]))),
    ratio: own.spread(
      rounds.map((round) => ratioOf(quantityOf(round[first.name]), quantityOf(round[second.name]))),
    ),
  });
  const times = Object.entries(parts).flatMap(([part, partName]) =>
    Object.entries(kinds).map(([kind, kindName]) =>
      row(
        `${partName}, ${kindName} (s)`,
        (one) => one[part][kind],
        (a, b) => b / a,
      ),
    ),
  );
  const speeds = Object.entries(kinds).map(([kind, kindName]) =>
    row(
      `simulation alone, × real time (${kindName})`,
      ({ simulation }) => (seconds - SET_UP_SECONDS) / simulation[kind],
      (a, b) => a / b,
    ),
  );
  return [...times, ...speeds];
}

const range = ({ median, min, max }) =>
  `${own.shortNumber(median)} (${own.shortNumber(min)}–${own.shortNumber(max)})`;

/** The table of what `compare` gives, and the lines that follow it. */
export function reportText(quantities, contenders, notes) {
  const columns = contenders.map(({ name }) => name);
  const table = own.textTable(
    [
      { heading: "median (range)" },
      ...[...columns, "ratio"].map((heading) => ({ heading, align: "right" })),
    ],
    quantities.map((row) => [row.name, ...[...columns, "ratio"].map((name) => range(row[name]))]),
  );
  return [table, ...notes.map((note) => `${note}\n`)].join("");
}

/** Prints what was measured, as text or as JSON. */
export function report(rounds, contenders, options, { peer, notes }) {
  const machine = own.describeMachine();
  const quantities = compare(rounds, contenders, options);
  const { seconds, json } = options;
  if (json) {
    const all = { machine, peer, seconds, notes, quantities, rounds };
    process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
    return;
  }
  const { cpu, cores, system, node, load } = machine;
  process.stdout.write(
    `${cpu}, ${cores} cores, ${system}, Node.js ${node}, load ${load.toFixed(1)}; ${peer}\n` +
      `${seconds} s of the column at rest; rounds in turn: ${rounds.length}\n\n` +
      reportText(quantities, contenders, notes),
  );
}
