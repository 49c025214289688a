import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Study } from "../../src/study/folder.ts";
import { isComplete } from "../../src/study/task-records.ts";
import { type CommandResult, commandPath } from "../cli/command.ts";
import { type Cluster, statusOf } from "./cluster.ts";

/** What can befall a study's tasks, and how often it did. */
export interface FaultCounts {
  /** Processes of runs that were killed, without notice. */
  runsKilled: number;
  /** The same of a task's script, with its run. */
  scriptsKilled: number;
  /** Tasks at work that were put back into the queue. */
  requeued: number;
  /** Tasks that were warned, as the scheduler does before their time is over. */
  warnedByHand: number;
  /** Rows that another process was begun on while a task was at work on them. */
  doubled: number;
  /** Arrays that were submitted a second time while they were at work. */
  arraysDoubled: number;
  controllerCrashes: number;
  /** Jobs that an administrator had to release afterwards. */
  jobsReleased: number;
  /** Times that the user's command had to submit again what the controller had lost. */
  submittedAgain: number;
}

export type Fault = Exclude<keyof FaultCounts, "jobsReleased" | "submittedAgain">;

/** A process that is at work on a row of a study's plan. */
interface Worker {
  readonly row: number;
  readonly pid: number;
}

/** How long a fault waits for something to befall, ms. */
const PATIENCE_MS = 60_000;

/** Disturbs a study on a cluster while it is at work. */
export class Tormentor {
  readonly counts: FaultCounts = {
    runsKilled: 0,
    scriptsKilled: 0,
    requeued: 0,
    warnedByHand: 0,
    doubled: 0,
    arraysDoubled: 0,
    controllerCrashes: 0,
    jobsReleased: 0,
    submittedAgain: 0,
  };
  readonly #study: Study;
  readonly #cluster: Cluster;
  readonly #random: () => number;
  readonly #submit: () => Promise<CommandResult>;
  readonly #doubles: Promise<TaskEnd>[] = [];
  /** Processes that have been disturbed already. */
  readonly #spent = new Set<number>();

  /**
   * @param random from 0 to 1
   * @param submit the command that the study was submitted by
   */
  constructor(
    study: Study,
    cluster: Cluster,
    random: () => number,
    submit: () => Promise<CommandResult>,
  ) {
    this.#study = study;
    this.#cluster = cluster;
    this.#random = random;
    this.#submit = submit;
  }

  /** Lets faults happen one after the other, at random distances, as long as there is work. */
  async torment(faults: readonly Fault[]): Promise<void> {
    for (const fault of faults) {
      await wait(300 + 900 * this.#random());
      // A victim may just have ended by itself: then another one.
      while (!(await this.#befall(fault))) if (this.#isComplete) return;
      this.counts[fault]++;
      this.repair();
    }
  }

  repair(): void {
    this.counts.jobsReleased += this.#cluster.repair();
  }

  /** How the processes ended that were begun beside those of the scheduler. */
  doublesEnded(): Promise<TaskEnd[]> {
    return Promise.all(this.#doubles);
  }

  async #befall(fault: Fault): Promise<boolean> {
    if (fault === "controllerCrashes") {
      await this.#cluster.crashController(1 + 3 * this.#random());
      // What was submitted within seconds before may be lost: the same command finds that out.
      const { code, stdout, stderr } = await this.#submit();
      if (code !== 0) throw new Error(stderr);
      if (/ submitted to |is submitted again/.test(stdout + stderr)) this.counts.submittedAgain++;
      return true;
    }
    if (fault === "arraysDoubled") return this.#doubleArray();
    const worker = await this.#someWorker();
    if (!worker) return false;
    const { row, pid } = worker;
    try {
      switch (fault) {
        case "runsKilled":
          process.kill(pid, "SIGKILL");
          break;
        case "scriptsKilled":
          process.kill(Number(statusOf(pid, "PPid")), "SIGKILL");
          process.kill(pid, "SIGKILL");
          break;
        case "requeued":
          this.#cluster.requeue(pid);
          break;
        case "warnedByHand":
          this.#cluster.warn(pid);
          break;
        case "doubled":
          this.#doubles.push(runTask(this.#study, row));
      }
    } catch (error) {
      // It may have ended by itself just then.
      if (isAlive(pid)) throw error;
      return false;
    }
    return true;
  }

  get #isComplete(): boolean {
    return this.#study.plan.tasks.every((task) => isComplete(this.#study, task));
  }

  /** Submits the newest round's last array once more. */
  #doubleArray(): boolean {
    const rounds = join(this.#study.directory, "jobs");
    const folder = join(rounds, readdirSync(rounds).sort().at(-1)!);
    const script = readdirSync(folder)
      .filter((name) => /^array-\d+\.sh$/.test(name))
      .sort()
      .at(-1)!;
    const [program, ...args] = this.#cluster.name === "slurm" ? ["sbatch"] : ["qsub"];
    this.#cluster.call(program!, [...args, script], folder);
    return true;
  }

  /** A process of the scheduler's tasks that nothing has befallen yet; undefined when all is done. */
  async #someWorker(): Promise<Worker | undefined> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await wait(100)) {
      const workers = workersOf(this.#study).filter(
        ({ pid }) => !this.#spent.has(pid) && this.#cluster.owns(pid),
      );
      const worker = workers[Math.floor(this.#random() * workers.length)];
      if (worker) {
        this.#spent.add(worker.pid);
        return worker;
      }
      if (this.#isComplete) return undefined;
      this.repair();
    }
    return undefined;
  }
}

/**
 * Stops each process at work on a study, once it has something to go on from, until it is sent a
 * signal, until its scheduler has warned one: on a machine of any speed its time is over before its
 * work, and work is kept. A signal may also come from a
 * controller that has lost the task in a crash, and then ends it without a warning.
 *
 * @param wasWarned whether a task has been, as its log tells
 * @returns false if the study was complete before
 */
export async function holdUntilWarned(
  study: Study,
  cluster: Cluster,
  wasWarned: () => boolean,
): Promise<boolean> {
  while (!study.plan.tasks.every((task) => isComplete(study, task))) {
    await wait(100);
    if (wasWarned()) return true;
    const worker = workersOf(study).find(
      ({ row, pid }) => cluster.owns(pid) && hasCheckpoint(study, row),
    );
    if (worker) await holdUntilSignalled(worker.pid);
  }
  return wasWarned();
}

/** Returns when the process has ended by the signal. */
async function holdUntilSignalled(pid: number): Promise<void> {
  try {
    process.kill(pid, "SIGSTOP");
    // A process that has stopped takes no further signal.
    while (isAlive(pid) && !(isStopped(pid) && hasSignal(pid))) await wait(100);
    process.kill(pid, "SIGCONT");
    while (isAlive(pid)) await wait(100);
  } catch (error) {
    // It may have ended by itself just then.
    if (isAlive(pid)) throw error;
  }
}

const isStopped = (pid: number): boolean => statusOf(pid, "State") === "T";

const hasSignal = (pid: number): boolean => /[^0]/.test(statusOf(pid, "ShdPnd")!);

const hasCheckpoint = (study: Study, row: number): boolean =>
  namesIn(join(study.runDirectory(study.task(row)), "checkpoints")).length > 0;

/** The processes that are at work on a study's rows, as their leases tell. */
function workersOf(study: Study): Worker[] {
  return study.plan.tasks.flatMap((task) => {
    const directory = study.runDirectory(task);
    return leasesIn(directory).flatMap((name): Worker[] => {
      try {
        const { pid } = JSON.parse(readFileSync(join(directory, name), "utf8"));
        return isAlive(pid) ? [{ row: task.index, pid }] : [];
      } catch {
        // It is just being written or removed.
        return [];
      }
    });
  });
}

const leasesIn = (directory: string): string[] =>
  namesIn(directory).filter((name) => name.startsWith("lease-"));

/** Names in a directory; none if there is no such directory yet. */
function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    return !"ZX".includes(statusOf(pid, "State") ?? "X");
  } catch {
    return false;
  }
}

/** How a process of a task ended. */
export interface TaskEnd {
  readonly code: number | null;
  /** Whether it found another one at work, and waited for that. */
  readonly hasWaited: boolean;
  /** What it ended with, if not well. */
  readonly error?: string;
}

/** Carries out a row of a study's plan by a process that no scheduler knows of. */
export function runTask({ directory, planNumber }: Study, row: number): Promise<TaskEnd> {
  const args = ["sweep", "task", directory, String(row), "--plan", String(planNumber)];
  const child = spawn(process.execPath, [commandPath, ...args], {
    env: { ...process.env, ISOCORTEX_DEBUG: "1" },
  });
  let text = "";
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
  });
  child.stdout.resume();
  return new Promise((resolve) => {
    child.on("close", (code) => {
      const hasWaited = text.includes("waiting: ");
      resolve(code === 0 ? { code, hasWaited } : { code, hasWaited, error: text });
    });
  });
}
