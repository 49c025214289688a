import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { exportFormats } from "../../src/runs/export.ts";
import { isocortex } from "../cli/command.ts";
import { sharedFolder } from "../cli/eventful-run.ts";
import { recordHyperactivity } from "../cli/hyperactive-record.ts";

const cwd = sharedFolder();

/** Millions of spikes: one of each, then as many as are asked for; an hour has 209. */
const lengths = [5, Number(process.env["ISOCORTEX_EXPORT_MILLIONS"] ?? 60)] as const;

/** Has a process say its peak memory at its end. */
const tellMemory =
  'process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS+" KiB\\n"))';

/** Exports a run; its peak memory in MB, its time in s, and the size of its files in MB. */
async function measured(run: string, format: string) {
  const out = `${run}-${format}`;
  const startedAt = performance.now();
  const { code, stderr, stdout } = await isocortex(
    ["export", run, "--format", format, "--out", out],
    {
      cwd,
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tellMemory)}` },
    },
  );
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  const files = stdout.trimEnd().split("\n");
  return {
    peakMb: (Number(/peak (\d+) KiB/.exec(stderr)![1]) * 1024) / 1e6,
    seconds: (performance.now() - startedAt) / 1000,
    sizeMb: files.reduce((sum, file) => sum + statSync(join(cwd, file)).size, 0) / 1e6,
  };
}

it(`exports ${lengths[1]} million spikes in the memory of ${lengths[0]} million`, async () => {
  for (const millions of lengths) recordHyperactivity(join(cwd, `run-${millions}`), millions * 1e6);
  console.log(`recorded in ${readdirSync(cwd).join(", ")}`);
  for (const format of exportFormats) {
    const [short, long] = [
      await measured(`run-${lengths[0]}`, format),
      await measured(`run-${lengths[1]}`, format),
    ];
    console.log(
      `${format}: peak ${short.peakMb.toFixed(0)} and ${long.peakMb.toFixed(0)} MB, ` +
        `${short.seconds.toFixed(1)} and ${long.seconds.toFixed(1)} s, ` +
        `${short.sizeMb.toFixed(0)} and ${long.sizeMb.toFixed(0)} MB of files`,
    );
    // The peak depends on when rubbish is collected; the spikes alone would be 12 MB a million.
    expect(long.peakMb - short.peakMb).toBeLessThan(100);
  }
});
