// The original's code, made fit for today's NEURON in a copy.
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { output, UsageError } from "../turns.mjs";

/** Files that define the model or are changed here, and the first digits of their SHA-256. */
const files = {
  "mod/intf6.mod": "d5a84ce79b747e34",
  "mod/misc.h": "dab9b019bee6a0d2",
  "mod/nstim.mod": "fec23d4efc9c3173",
  "mod/stats.mod": "ca3c16dac9f3dd0e",
  "mod/vecst.mod": "19493993150592b5",
  "col.hoc": "6b87a8192b143203",
  "network.hoc": "288a498ef720e56c",
  "params.hoc": "5f23973baf4d3038",
  "run.hoc": "7e3a24735dc517ba",
  "sim.hoc": "75f7bfb843c1162d",
  "stdpscaling.hoc": "6fe8566293b33a26",
  "writedata.hoc": "8d4ac73f26ce6f8f",
};

const digestOf = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");

/** Refuses a folder that is not the deposit. */
export function checkDeposit(folder) {
  const faults = Object.entries(files).flatMap(([name, digest]) => {
    const path = join(folder, name);
    if (!existsSync(path)) return `  ${name} is missing`;
    return digestOf(path).startsWith(digest) ? [] : `  ${name} is another version or was changed`;
  });
  if (faults.length === 0) return;
  throw new UsageError(
    `${folder} does not contain the original (ModelDB 147141) as deposited:\n${faults.join("\n")}\n` +
      "Download it from https://modeldb.science/147141, unpack it, and give the folder that " +
      "contains sim.hoc as --deposit. It is changed in a copy only.",
  );
}

/**
 * A line marked by `//@` is C within NMODL: the deposit's own mkmod, which needs a Perl before 5.12,
 * encloses each in a block of its own. What follows a brace that opens is NMODL again.
 */
function encloseMarkedLines(text) {
  return text.replace(/^(.*)\/\/@.*$/gm, (_, line) => {
    const brace = line.indexOf("{");
    const opens = brace > 0 && brace < line.length - 1;
    const [code, rest] = opens ? [line.slice(0, brace), line.slice(brace)] : [line, ""];
    return `VERBATIM\n${code}\nENDVERBATIM\n${rest}`;
  });
}

const withoutLines = (pattern) => (text) =>
  text
    .split("\n")
    .filter((line) => !pattern.test(line))
    .join("\n");

/** Changes that NEURON 8.2 makes necessary; the README gives the reasons. */
const changes = {
  "mod/intf6.mod": encloseMarkedLines,
  "mod/misc.h": withoutLines(/\bhoc_get_symbol\b/),
  "mod/stats.mod": (text) => text.replaceAll("mcell_ran4_init(&", "mcell_ran4_init("),
  "writedata.hoc": withoutLines(/^\s*(vec\s*=|printf\(.*\bvec\b)/),
};

/**
 * A copy of the deposit, compiled.
 *
 * @returns the copy, in which the command runs, and the command of a run recorded to a folder
 */
export function compileDeposit(deposit, folder) {
  const copy = join(folder, "deposit");
  cpSync(deposit, copy, { recursive: true });
  for (const [name, change] of Object.entries(changes)) {
    const path = join(copy, name);
    writeFileSync(path, change(readFileSync(path, "latin1")), "latin1");
  }
  // Debian's NEURON cannot link the program of its own that nrnivmodl makes last; nrniv serves.
  const script = "nrnivmodl mod; test -f */libnrnmech.so";
  output(["env", ...debianHome(folder), "bash", "-c", script], copy);
  const library = readdirSync(copy)
    .map((name) => join(copy, name, "libnrnmech.so"))
    .find((path) => existsSync(path));
  const command = (overrides, records) => [
    ...["nrniv", "-nogui", "-dll", library, "-c", overrides],
    ...["-c", "strdef filepath", "-c", `filepath="${records}"`, "sim.hoc"],
  ];
  return { copy, command };
}

/** Debian keeps what nrnivmodl needs in several folders: a setting that names one with links to them. */
function debianHome(folder) {
  if (!existsSync("/usr/lib/nrn/nrnmech_makefile")) return [];
  const home = join(folder, "neuron");
  mkdirSync(join(home, "bin"), { recursive: true });
  const links = {
    ...{ lib: "/usr/lib/nrn", include: "/usr/include", share: "/usr/share" },
    ...{ "bin/nocmodl": "/usr/bin/nocmodl" },
    ...{ "bin/nrnmech_makefile": "/usr/lib/nrn/nrnmech_makefile" },
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(home, name));
  return [`NRNHOME=${home}`];
}
