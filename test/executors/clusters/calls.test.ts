import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { callScheduler, queuedJobs, siteLimits } from "../../../src/executors/clusters/calls.ts";
import { slurm } from "../../../src/executors/clusters/slurm.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "isocortex-scheduler-"));
  // The system's own programs stay; only those of a scheduler are ours, or nobody's.
  const others = process.env["PATH"]!.split(delimiter).filter((path) => path === "/bin");
  vi.stubEnv("PATH", [folder, ...others].join(delimiter));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function install(program: string, script: string): void {
  writeFileSync(join(folder, program), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, program), 0o755);
}

const notes: string[] = [];
const context = () => ({ folder, onNote: (text: string) => notes.push(text) });

describe("a scheduler's program", () => {
  it("that is missing is named, with what can be done", async () => {
    vi.stubEnv("PATH", folder);
    await expect(callScheduler(slurm, ["sbatch", "x.sh"], context())).rejects.toThrow(
      /^Slurm's command sbatch is not available here\. .*login node.*--dry-run.*--executor local/,
    );
  });

  it("that refuses is quoted, and not asked again", async () => {
    install("sbatch", `echo once >>calls; echo "sbatch: error: invalid partition" >&2; exit 1`);
    await expect(callScheduler(slurm, ["sbatch", "a b.sh"], context())).rejects.toThrow(
      "sbatch 'a b.sh' failed: sbatch: error: invalid partition",
    );
    expect(readFileSync(join(folder, "calls"), "utf8")).toBe("once\n");
  });

  it("whose controller is away is asked again", async () => {
    notes.length = 0;
    install(
      "sbatch",
      `echo once >>calls
       [ "$(cat calls | wc -l)" -gt 2 ] && echo 12 && exit
       echo "sbatch: error: Unable to contact slurm controller (connect failure)" >&2; exit 1`,
    );
    const patient = { ...context(), pausesMs: [1, 1] };
    expect(await callScheduler(slurm, ["sbatch", "x.sh"], patient)).toBe("12\n");
    expect(notes).toHaveLength(2);
    expect(notes[0]).toMatch(/Unable to contact .* Trying again in 0\.001 s\.$/);
  });

  it("tells limits, and which jobs there still are", async () => {
    install("scontrol", `echo "MaxArraySize            = 1001"`);
    install("squeue", "echo 3; echo 5; echo 5");
    expect(await siteLimits(slurm, context())).toMatchObject({ arrayTasks: 1001 });
    expect(await queuedJobs(slurm, ["4", "5"], context())).toEqual(["5"]);
    expect(await queuedJobs(slurm, [], context())).toEqual([]);
  });
});
