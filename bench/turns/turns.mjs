/** Prints, as a process ends, its longest turns: times in which it heard of no signal. */

import { isMainThread } from "node:worker_threads";

/** How often a turn is looked for, ms. */
const INTERVAL_MS = 2;
const SHOWN = 3;

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const begun = () => ({ atMs: performance.now(), cpuMs: cpuMs() });

if (isMainThread) {
  let last = begun();
  let longest = [];
  const note = () => {
    const now = begun();
    const turn = { ...last, wallMs: now.atMs - last.atMs, usedMs: now.cpuMs - last.cpuMs };
    longest = [...longest, turn].sort((a, b) => b.usedMs - a.usedMs).slice(0, SHOWN);
    last = now;
  };
  setInterval(note, INTERVAL_MS).unref();
  process.on("exit", () => {
    note();
    const turns = longest.map(({ usedMs, wallMs, atMs }) => {
      const [used, wall] = [usedMs, wallMs].map((ms) => ms.toFixed(0));
      return `${used} ms of CPU (${wall} ms) at ${(atMs / 1000).toFixed(1)} s`;
    });
    process.stderr.write(`longest turns: ${turns.join(", ")}\n`);
  });
}
