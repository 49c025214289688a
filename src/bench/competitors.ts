import { spawn } from "node:child_process";

/** Uses a core as far as it gets one, until its input ends: so it does not outlive this process. */
const busy = `
process.stdin.on("end", () => process.exit()).resume();
(function work() {
  const end = performance.now() + 50;
  while (performance.now() < end);
  setImmediate(work);
})();
`;

/** Does something while so many other processes want a core each. */
export async function amongCompetitors<T>(count: number, work: () => Promise<T>): Promise<T> {
  const stdio: ["pipe", "ignore", "inherit"] = ["pipe", "ignore", "inherit"];
  const children = Array.from({ length: count }, () => {
    return spawn(process.execPath, ["--eval", busy], { stdio });
  });
  try {
    return await work();
  } finally {
    for (const child of children) child.kill("SIGKILL");
  }
}
