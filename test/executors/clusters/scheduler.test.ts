import { describe, expect, it } from "vitest";
import { gridengine } from "../../../src/executors/clusters/gridengine.ts";
import {
  checkJobOptions,
  defaultJobOptions,
  JobOptionsError,
} from "../../../src/executors/clusters/job-options.ts";
import { SchedulerAnswerError } from "../../../src/executors/clusters/scheduler.ts";
import { slurm } from "../../../src/executors/clusters/slurm.ts";
import { shellLine } from "../../../src/host/shell-words.ts";

describe("Slurm", () => {
  it("is told what a job waits for", () => {
    expect(shellLine(slurm.submission("array-1.sh", []))).toBe("sbatch --parsable array-1.sh");
    expect(shellLine(slurm.submission("continue.sh", ["7", "8"]))).toBe(
      "sbatch --parsable --dependency=afterany:7:8 continue.sh",
    );
  });

  it("names the new job, and perhaps the cluster", () => {
    expect(slurm.submittedId("4711\n")).toBe("4711");
    expect(slurm.submittedId("4711;north\n")).toBe("4711");
    expect(() => slurm.submittedId("Submitted\n")).toThrow(SchedulerAnswerError);
  });

  it("lists jobs at work and waiting, an array once for each task", () => {
    expect(slurm.queuedIds("1\n1\n1\n12\n")).toEqual(new Set(["1", "12"]));
    expect(slurm.queuedIds("")).toEqual(new Set());
  });

  it("tells its limits", () => {
    const output = `
MaxArraySize            = 1001
MaxDBDMsgs              = 0
MaxJobCount             = 10000
MaxJobId                = 67043328
`;
    expect(slurm.limits(output)).toEqual({ arrayTasks: 1001, queuedTasks: 10_000 });
    expect(slurm.limits("")).toEqual({ arrayTasks: Infinity, queuedTasks: Infinity });
  });

  it.each([
    [30_000, "00:00:30"],
    [5_400_000, "01:30:00"],
    [360_000_500, "100:00:01"],
  ])("is asked for %d ms as %s", (timeMs, text) => {
    const options = { ...defaultJobOptions, timeMs };
    expect(slurm.script({ name: "x", options, work: [] })).toContain(`#SBATCH --time=${text}\n`);
  });
});

describe("GridEngine", () => {
  it("is told what a job waits for", () => {
    expect(shellLine(gridengine.submission("array-1.sh", []))).toBe("qsub -terse array-1.sh");
    expect(shellLine(gridengine.submission("continue.sh", ["7", "8"]))).toBe(
      "qsub -terse -hold_jid 7,8 continue.sh",
    );
  });

  it("names the new job, with its tasks", () => {
    expect(gridengine.submittedId("1.1-6:1\n")).toBe("1");
    expect(gridengine.submittedId("2\n")).toBe("2");
    expect(() => gridengine.submittedId("")).toThrow(SchedulerAnswerError);
  });

  it("lists jobs at work and waiting", () => {
    const output = `job-ID  prior   name       user         state submit/start at     queue                          slots ja-task-ID
-----------------------------------------------------------------------------------------------------------------
      1 0.50000 trial      root         r     11/24/2026 12:09:17 main.q@localhost                   1 4
      1 0.00000 trial      root         qw    11/24/2026 12:09:12                                    1 6
    112 0.00000 dep        root         hqw   11/24/2026 12:08:37                                    1
`;
    expect(gridengine.queuedIds(output)).toEqual(new Set(["1", "112"]));
    expect(gridengine.queuedIds("")).toEqual(new Set());
  });

  it("tells its limits, of which 0 is none", () => {
    const output = "max_aj_instances             2000\nmax_aj_tasks                 75000\n";
    expect(gridengine.limits(output)).toEqual({ arrayTasks: 75_000, queuedTasks: Infinity });
    expect(gridengine.limits("max_aj_tasks  0\n").arrayTasks).toBe(Infinity);
  });

  it("is given names that it takes", () => {
    const script = gridengine.script({ name: "2-factors", options: defaultJobOptions, work: [] });
    expect(script).toContain("#$ -N s2-factors\n");
  });
});

describe("options of jobs", () => {
  it("must leave time for work before the warning", () => {
    const options = { ...defaultJobOptions, timeMs: 60_000 };
    expect(() => checkJobOptions(options)).toThrow(
      "The time limit of a task is 60 s, with a warning 60 s before it.",
    );
    expect(() => checkJobOptions({ ...options, timeMs: 61_000 })).not.toThrow();
  });

  it("are lines, as they become lines of a script", () => {
    const broken = ["a\nb", "a\r\nb", "a\u0085b", "a\u2028b", "a\0b", "a\x1b[2J", ""];
    for (const text of broken) {
      const all = [{ lines: [text] }, { prelude: [text] }, { command: text }];
      for (const wrong of [...all, { queue: text }, { account: text }]) {
        expect(() => checkJobOptions({ ...defaultJobOptions, ...wrong })).toThrow(JobOptionsError);
      }
    }
    expect(() => checkJobOptions({ ...defaultJobOptions, queue: "a --uid=0" })).toThrow(
      '"a --uid=0": expected the name of a queue, partition or account, without spaces.',
    );
    expect(() =>
      checkJobOptions({ ...defaultJobOptions, queue: "all.q@node-1,b", prelude: ["a\tb"] }),
    ).not.toThrow();
  });

  it.each([slurm, gridengine])(
    "and nothing else breaks a line of a script of $name",
    (scheduler) => {
      const job = { name: "x", options: defaultJobOptions, work: ["rows='/tmp/a\nb'"] };
      expect(() => scheduler.script(job)).toThrow(
        /has the control character U\+000A: expected one line of a job script/,
      );
    },
  );
});

describe("words of shell", () => {
  it("are quoted where they need it", () => {
    expect(shellLine(["/usr/bin/node", "a b", "it's", "$HOME", "", "x=1,2:3%4"])).toBe(
      "/usr/bin/node 'a b' 'it'\\''s' '$HOME' '' x=1,2:3%4",
    );
  });
});
