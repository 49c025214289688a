import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { textChecksum } from "../encoding/sealed-json.ts";
import { timestamp } from "../host/system-clock.ts";
import { RunLocationError } from "../recording/errors.ts";
import { textOf } from "../recording/record-presence.ts";
import { attempt } from "../store/errors.ts";
import { makeFolders, removeFolders } from "../store/folder-creation.ts";
import { FolderStore } from "../store/run-folder.ts";
import type { Plan, PlanTask } from "./planning/plan.ts";
import { decodePlan, encodePlan, isSamePlan, type PlanFiles } from "./planning/plan-file.ts";

/**
 * A sweep's directory: its plans and, by their hashes, the runs that they are made of.
 *
 * Plans are numbered and never changed: a sweep whose file has changed gets a further one. What
 * both have in common is in both by the same hash, so that it is done once.
 */
export class Study {
  readonly directory: string;
  readonly planNumber: number;
  readonly plan: Plan;

  constructor(directory: string, planNumber: number, plan: Plan) {
    this.directory = directory;
    this.planNumber = planNumber;
    this.plan = plan;
  }

  /** The run directory of a task. */
  runDirectory({ kind, hash }: PlanTask): string {
    const folder = kind === "run" ? "runs" : "baselines";
    // Folders of many thousands of entries are slow on many file systems.
    return join(this.directory, folder, hash.slice(0, 2), hash);
  }

  /**
   * The task of an index.
   *
   * @throws {RunLocationError} when there is none
   */
  task(index: number): PlanTask {
    const task = this.plan.tasks[index];
    if (task) return task;
    throw new RunLocationError(
      `Plan ${this.planNumber} of ${this.directory} has no task ${index}: expected 0 to ${this.plan.tasks.length - 1}.`,
    );
  }
}

const planPattern = /^plan-(\d{4,})\.(json|csv)$/;

const planName = (number: number): string => `plan-${String(number).padStart(4, "0")}`;

/** Of a plan's two files, the one that makes it a plan, and the table of its tasks. */
const headerFile = (number: number) => `${planName(number)}.json`;
const tasksFile = (number: number) => `${planName(number)}.csv`;

/** Numbers of the files of one kind in a directory, ascending. */
function numbersOf(directory: string, kind: "json" | "csv"): number[] {
  if (!existsSync(directory) || !statSync(directory).isDirectory()) return [];
  return readdirSync(directory)
    .map((name) => planPattern.exec(name))
    .filter((match) => match?.[2] === kind)
    .map((match) => Number(match![1]))
    .sort((a, b) => a - b);
}

/** Numbers of the plans in a directory, ascending. */
export const planNumbers = (directory: string): number[] => numbersOf(directory, "json");

/**
 * Opens a sweep's directory with its newest plan, or another one.
 *
 * @throws {RunLocationError} when there is no such plan
 * @throws {PlanFileError} when it is damaged, or of another version
 */
export function openStudy(directory: string, planNumber?: number): Study {
  const known = planNumbers(directory);
  const number = planNumber ?? known.at(-1);
  if (number === undefined || !known.includes(number)) {
    const wanted = number === undefined ? "no plan of a sweep" : `no plan ${number} of a sweep`;
    throw new RunLocationError(
      `${directory} contains ${wanted}. Name the directory printed by isocortex sweep FILE, or ` +
        "run that command.",
    );
  }
  const files = readPlan(directory, number);
  return new Study(directory, number, decodePlan(files, join(directory, headerFile(number))));
}

/** A study whose plan is in no directory yet, with the number that a further plan would have. */
export const draftStudy = (directory: string, plan: Plan): Study =>
  new Study(directory, (planNumbers(directory).at(-1) ?? 0) + 1, plan);

/** Keeps a plan in a directory: as a further one, unless the newest is the same already. */
export function keepPlan(directory: string, plan: Plan): Study {
  const files = encodePlan(plan, timestamp());
  const newest = planNumbers(directory).at(-1);
  if (newest !== undefined && isSamePlan(files, readPlan(directory, newest))) {
    return new Study(directory, newest, plan);
  }
  const made = makeFolders(directory);
  try {
    const number = attempt("write to", directory, () => reserveNumber(directory));
    writePlan(directory, number, files);
    return new Study(directory, number, plan);
  } catch (error) {
    removeFolders(made);
    throw error;
  }
}

/** Writes a plan's files in place of its empty table; the header, which makes it a plan, last. */
function writePlan(directory: string, number: number, { tasks, header }: PlanFiles): void {
  const store = new FolderStore(directory);
  const encoder = new TextEncoder();
  try {
    store.replace(tasksFile(number), encoder.encode(tasks));
    store.replace(headerFile(number), encoder.encode(header));
  } catch (error) {
    const isPlan = existsSync(join(directory, headerFile(number)));
    if (!isPlan) rmSync(join(directory, tasksFile(number)), { force: true });
    throw error;
  }
}

/** A plan's number that no other process has: the first to create its table gets it. */
function reserveNumber(directory: string): number {
  for (;;) {
    const number = (numbersOf(directory, "csv").at(-1) ?? 0) + 1;
    try {
      writeFileSync(join(directory, tasksFile(number)), "", { flag: "wx" });
      return number;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function readPlan(directory: string, number: number): PlanFiles {
  const store = new FolderStore(directory);
  const [header = "", tasks = ""] = [headerFile(number), tasksFile(number)].map((path) =>
    textOf(store, path),
  );
  return { header, tasks };
}

/** CRC-32 of a plan's tasks, by which a study is known; undefined where there is no such plan. */
export function tasksChecksum(directory: string, number: number): string | undefined {
  const tasks = textOf(new FolderStore(directory), tasksFile(number));
  return tasks && textChecksum(tasks);
}
