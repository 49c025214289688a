// Compares several threads with one under loads: node bench/threads/loads.mjs [REPEATS] [LOAD…]
//
// Loads are those of `loads` below, all by default. A quota takes the right to make control groups.
import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [repeats = "20", ...names] = process.argv.slice(2);
const program = ["dist/cli/main.js", "bench", "threads", "--json", "--repeats", repeats];

/** Runs the benchmark, and tells `during` its process; what it printed. */
function benchmark(during = () => {}, [command, ...before] = [process.execPath]) {
  const child = spawn(command, [...before, ...program], { stdio: ["ignore", "pipe", "inherit"] });
  const done = during(child);
  // It may be stopped, and would remain so.
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      child.kill("SIGKILL");
      process.exit(1);
    });
  }
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (data) => {
      text += data;
    });
    child.on("close", (code) => {
      done?.();
      if (code === 0) resolve(JSON.parse(text).benchmarks[0].sizes);
      else reject(new Error(`The benchmark ended with ${code}.`));
    });
  });
}

/** Uses a core for `workMs` out of `periodMs`, until its input ends: so it does not outlive this process. */
const busy = (workMs, periodMs) => `
process.stdin.on("end", () => process.exit()).resume();
setInterval(() => {
  for (const end = performance.now() + ${workMs}; performance.now() < end; );
}, ${periodMs});
`;

/** Other processes that use cores as far as they get them. */
const beside =
  (count, workMs = 50, periodMs = 1) =>
  () =>
    benchmark(() => {
      const script = busy(workMs, periodMs);
      const stdio = ["pipe", "ignore", "inherit"];
      const others = Array.from({ length: count }, () =>
        spawn(process.execPath, ["--eval", script], { stdio }),
      );
      return () => {
        for (const other of others) other.kill();
      };
    });

/** Stops the benchmark for `stopMs` out of `periodMs`. */
const stopped = (stopMs, periodMs) => () =>
  benchmark((child) => {
    const timer = setInterval(() => {
      child.kill("SIGSTOP");
      setTimeout(() => child.kill("SIGCONT"), stopMs);
    }, periodMs);
    return () => clearInterval(timer);
  });

const PERIOD_US = 100_000;

/** A control group with so many processors, version 1 or 2. */
const withProcessors = (count) => async () => {
  const separate = "/sys/fs/cgroup/cpu";
  const root = existsSync(separate) ? separate : "/sys/fs/cgroup";
  accessSync(root, constants.W_OK);
  const group = join(root, `isocortex-${process.pid}`);
  mkdirSync(group);
  try {
    const quota = String(count * PERIOD_US);
    if (root === separate) writeFileSync(join(group, "cpu.cfs_quota_us"), quota);
    else writeFileSync(join(group, "cpu.max"), `${quota} ${PERIOD_US}`);
    const enter = `echo $$ > ${join(group, "cgroup.procs")}; exec "$0" "$@"`;
    return await benchmark(undefined, ["sh", "-c", enter, process.execPath]);
  } finally {
    rmdirSync(group);
  }
};

const loads = {
  none: () => benchmark(),
  "one-process": beside(1),
  "two-processes": beside(2),
  "one-process-at-times": beside(1, 700, 1400),
  "one-processor": withProcessors(1),
  "one-and-a-half-processors": withProcessors(1.5),
  "stopped-at-times": stopped(500, 1500),
};

console.log("| load | size factor | threads | speed-up in all | median (range) | together |");
console.log("|---|--:|--:|--:|--:|--:|");
for (const name of names.length > 0 ? names : Object.keys(loads)) {
  for (const { sizeFactor, threads } of await loads[name]()) {
    for (const { threads: count, wholeSpeedUp, speedUp, together } of threads.slice(1)) {
      const { median, min, max } = speedUp;
      const [all, ...range] = [wholeSpeedUp, median, min, max].map((value) => value.toFixed(2));
      const part = `${Math.round(100 * together)} %`;
      const spread = `${range[0]} (${range[1]} to ${range[2]})`;
      console.log(`| ${name} | ${sizeFactor} | ${count} | ${all} | ${spread} | ${part} |`);
    }
  }
}
