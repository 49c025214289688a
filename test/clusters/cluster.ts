import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

export type ClusterName = "slurm" | "gridengine";

/** A scheduler on this computer, set up by the script of its name; see there. */
export class Cluster {
  readonly name: ClusterName;
  /** What sbatch, qsub and the like need. */
  readonly env: Readonly<Record<string, string>>;
  readonly #folder: string;

  /** Installs what is missing, and starts it with its state in a folder. */
  constructor(name: ClusterName, folder: string) {
    this.name = name;
    this.#folder = folder;
    this.#act("install");
    this.#act("start");
    this.env = Object.fromEntries(
      Array.from(this.#act("env").matchAll(/^export (\w+)='(.*)'$/gm), ([, key, value]) => [
        key!,
        value!,
      ]),
    );
  }

  /** Kills the controller, as a crash would, and starts it again so much later. */
  async crashController(pauseS: number): Promise<void> {
    this.#act("kill-controller");
    await wait(1000 * pauseS);
    this.#act("start-controller");
  }

  stop(): void {
    this.#act("stop");
  }

  /** Calls a program of the scheduler; what it printed. */
  call(program: string, args: readonly string[], cwd = "/"): string {
    return execFileSync(program, args, {
      cwd,
      env: { ...process.env, ...this.env },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Whether a process is one of a task's. */
  owns = (pid: number): boolean =>
    environmentOf(pid, this.name === "slurm" ? "SLURM_JOB_ID" : "JOB_ID") !== undefined;

  /** Whether any job waits or is at work. */
  get isBusy(): boolean {
    const [program, ...args] = this.name === "slurm" ? ["squeue", "--noheader"] : ["qstat"];
    return this.call(program!, args).trim() !== "";
  }

  /** Puts the task that a process belongs to back into the queue, as an administrator can. */
  requeue(pid: number): void {
    const value = (name: string) => environmentOf(pid, name);
    if (this.name === "slurm") {
      const task = `${value("SLURM_ARRAY_JOB_ID")}_${value("SLURM_ARRAY_TASK_ID")}`;
      this.call("scontrol", ["requeue", task]);
    } else this.call("qmod", ["-rj", `${value("JOB_ID")}.${value("SGE_TASK_ID")}`]);
  }

  /** Warns the task that a process belongs to, as the scheduler does before its time is over. */
  warn(pid: number): void {
    if (this.name === "slurm") {
      this.call("scancel", ["--batch", "--signal=USR1", environmentOf(pid, "SLURM_JOB_ID")!]);
    } else {
      // GridEngine signals all processes of a task, the script and the run.
      process.kill(-Number(statusOf(pid, "NSpgid")), "SIGUSR1");
    }
  }

  /**
   * What an administrator has to do after the controller has lost track of running tasks: Slurm
   * then takes the node out of service, and holds the jobs that it could not begin there.
   */
  repair(): number {
    if (this.name !== "slurm") return 0;
    const isDrained = /drain|down/.test(this.call("sinfo", ["--noheader", "--format=%T"]));
    if (isDrained) {
      const node = this.call("sinfo", ["--noheader", "--format=%n"]).trim();
      this.call("scontrol", ["update", `nodename=${node}`, "state=resume"]);
    }
    const held = this.call("squeue", ["--noheader", "--array", "--format=%i %r"])
      .split("\n")
      .filter((line) => /held/i.test(line))
      .map((line) => line.split(" ")[0]!);
    for (const job of held) this.call("scontrol", ["release", job]);
    return held.length;
  }

  #act(action: string): string {
    const script = fileURLToPath(new URL(`${this.name}.sh`, import.meta.url));
    const args = action === "install" ? [action] : [action, this.#folder];
    return execFileSync(script, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  }
}

/** A variable in the environment of a process. */
function environmentOf(pid: number, name: string): string | undefined {
  const entries = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  return entries.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** An entry of what the system tells of a process. */
export const statusOf = (pid: number, name: string): string | undefined =>
  new RegExp(`^${name}:\\s*(\\S+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
