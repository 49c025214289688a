import type { ChildProcess } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { RunReader } from "../../src/recording/run-reader.ts";
import { FolderStore } from "../../src/store/run-folder.ts";
import { runProgram, temporaryFolder } from "../cli/command.ts";

const program = fileURLToPath(new URL("./tired-column.mjs", import.meta.url));

const experiment = `
duration: 6 s
timeline:
  - id: fatigue
    from: 500 ms
    every: 500 ms
    tire: { factor: 0.95 }
  - { from: 3 s, until: 4 s, silence: { cells: L4 } }
record: { samples: { from: 1 s, every: 1 s } }
`;

const sweep = `
experiment: tired.yaml
vary: { fatigue.factor: [0.9, 0.95], fatigue.every: [500 ms, 1 s] }
`;

const record = (...path: string[]) => new RunReader(new FolderStore(join(...path)));

/** What a run's own kind of intervention left in its record. */
const timesOf = (run: RunReader) =>
  run
    .events()
    .flatMap((event) =>
      event.kind === "intervention" && event.what === "tire"
        ? [[event.timeMs, event.detail?.["times"]]]
        : [],
    );

it("a kind of intervention added from outside works in file, run, kill, resume, branch, sweep and figure", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "tired.yaml"), experiment);
  writeFileSync(join(cwd, "bad.yaml"), experiment.replace("0.95", "1.5"));
  writeFileSync(join(cwd, "sweep.yaml"), sweep);
  const start = (args: readonly string[], onStart: (process: ChildProcess) => void = () => {}) =>
    runProgram(program, args, { cwd, onStart });
  const succeed = async (...args: string[]) => {
    const { code, stdout, stderr } = await start(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return stdout && JSON.parse(stdout);
  };

  const refused = await start(["run", "bad.yaml", "bad"]);
  expect(refused.stderr).toMatch(/bad\.yaml:7: timeline\[1\]\.tire\.factor: .*from 0 to 1; 1\.5/);
  expect(existsSync(join(cwd, "bad"))).toBe(false);

  await succeed("run", "tired.yaml", "whole");
  const whole = record(cwd, "whole");
  expect(timesOf(whole)).toEqual(Array.from({ length: 12 }, (_, k) => [500 * (k + 1), k + 1]));
  expect(whole.manifest.timeline?.[0]).toMatchObject({ id: "fatigue", label: "input × 0.95" });
  expect(await succeed("memory", "tired.yaml")).toEqual(whole.events());

  let killed = false;
  const { code } = await start(["run", "tired.yaml", "killed"], async (child) => {
    const manifest = join(cwd, "killed/manifest.json");
    while (!existsSync(manifest) || record(cwd, "killed").manifest.simulatedMs < 1000) {
      await wait(5);
    }
    killed = child.kill("SIGKILL");
  });
  expect({ code, killed }).toEqual({ code: "SIGKILL", killed: true });
  await succeed("resume", "killed");
  const resumed = record(cwd, "killed");
  expect(resumed.spikes()).toEqual(whole.spikes());
  expect(resumed.events()).toEqual(whole.events());

  await succeed("branch", "whole", "3200", "remove fatigue", "rested");
  expect(timesOf(record(cwd, "rested"))).toEqual([]);
  await succeed("branch", "whole", "3200", "at 5 s: reseed 7", "same");
  expect(timesOf(record(cwd, "same"))).toEqual(timesOf(whole).slice(6));

  const runs: [Record<string, unknown>, string][] = await succeed(
    ...["sweep", "sweep.yaml", "tired.yaml", "swept"],
  );
  expect(runs).toHaveLength(4);
  const directory = runs.find(([{ "fatigue.factor": factor, "fatigue.every": every }]) => {
    return factor === 0.95 && every === "500 ms";
  })![1];
  const swept = record(cwd, directory);
  const fromMs = swept.manifest.ancestry?.timeMs ?? 0;
  expect(fromMs).toBe(500);
  expect(swept.events()).toEqual(whole.events());
  const first = whole.spikes().timesMs.findIndex((timeMs) => timeMs >= fromMs);
  expect(swept.spikes().timesMs).toEqual(whole.spikes().timesMs.subarray(first));

  const svg: string = await succeed("figure", "whole");
  expect(svg).toContain("fatigue: input × 0.95");
  expect(svg).toContain("L4 silent");
}, 120_000);
