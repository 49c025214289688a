// Times the column in Brian2 in turn with isocortex; README.md says what differs.
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  heedingUsage,
  isocortex,
  measureInTurn,
  optionsOf,
  output,
  program,
  report,
  SET_UP_SECONDS,
  UsageError,
} from "../turns.mjs";

const usage = `node bench/peers/brian2/column.mjs [--seconds N] [--rounds N] [--json]

  --seconds N    simulated time of a run (default: 100)
  --rounds N     runs of each, in turn (default: 5)
  --json         all measurements as JSON
`;

/** Debian's, which finds Debian's packages whatever else is installed. */
const python = "/usr/bin/python3";

const overridesOf = (seconds) => `{stdpsim=1 scaling=0 PreDur=${seconds} LearnDur=0 PostDur=0}`;

/** Number of the spikes that a program of Brian2 has left in its folder. */
function spikeCount(folder) {
  const results = join(folder, "results");
  const cells = readdirSync(results).find((name) => name.startsWith("_dynamic_array_spikes_i"));
  return statSync(join(results, cells)).size / Int32Array.BYTES_PER_ELEMENT;
}

await heedingUsage(async () => {
  const options = optionsOf({}, usage);
  const { seconds } = options;
  const version = versionOfBrian2();
  const folder = mkdtempSync(join(tmpdir(), "isocortex-brian2-"));
  try {
    const ours = join(folder, "isocortex");
    const ofBrian2 = (duration) => join(folder, `brian2-${duration}`);
    output([process.execPath, program, "runsim", ours, overridesOf(1), "--no-plots", "--quiet"]);
    const script = fileURLToPath(new URL("column.py", import.meta.url));
    const compileFrom = performance.now();
    for (const duration of [SET_UP_SECONDS, seconds]) {
      output([python, script, ours, String(duration), ofBrian2(duration)]);
    }
    const compilationS = (performance.now() - compileFrom) / 2000;
    const contenders = [
      isocortex((duration) => [ours, overridesOf(duration)]),
      {
        name: "Brian2",
        // The program writes its results beside itself.
        command: (duration) => ["bash", "-c", 'cd "$0" && ./main', ofBrian2(duration)],
      },
    ];
    const rounds = measureInTurn(contenders, options);
    const { spikes } = JSON.parse(
      output([process.execPath, program, "statistics", ours, "--json"]).stdout,
    );
    report(rounds, contenders, options, {
      peer: `Brian2 ${version}`,
      notes: [
        `Generating and compiling Brian2's program: ${compilationS.toFixed(1)} s, not counted.`,
        `Spikes: ${spikes} in isocortex, ${spikeCount(ofBrian2(seconds))} in Brian2; input differs.`,
      ],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function versionOfBrian2() {
  try {
    return output([python, "-c", "import brian2; print(brian2.__version__)"]).stdout.trim();
  } catch {
    throw new UsageError("Brian2 is missing. Install it first: apt-get install python3-brian g++");
  }
}
