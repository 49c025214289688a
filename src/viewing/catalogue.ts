import { readdirSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { RunLocationError } from "../recording/errors.ts";
import { type Manifest, recordStartMs, runEndMs } from "../recording/manifest.ts";
import { readManifest } from "../recording/manifest-file.ts";
import { holdsRun } from "../runs/directory.ts";
import { leadsToFolder, unlessGone } from "../store/file-entry.ts";
import { leaseHolder } from "../store/lease.ts";
import { FolderStore } from "../store/run-folder.ts";
import { openStudy, planNumbers, type Study } from "../study/folder.ts";
import type { PlanTask } from "../study/planning/plan.ts";
import type { SettingName } from "../study/planning/variation.ts";
import { taskState } from "../study/status.ts";
import { readFailures } from "../study/task-records.ts";

/** State of a run, in a word that is shown. */
export type RunState =
  | "complete"
  | "interrupted"
  | "recording"
  | "stopped"
  | "failed"
  | "damaged"
  | "waiting";

/** A run to choose. */
export interface CatalogueRun {
  /** Number by which its files are asked for; undefined where nothing is recorded yet. */
  readonly id: number | undefined;
  readonly label: string;
  /** Place in the directory, and what is particular to it. */
  readonly path: string;
  readonly detail: string;
  readonly state: RunState;
  readonly startMs: number;
  readonly simulatedMs: number;
  /** Undefined where nothing is recorded, or what is cannot be read. */
  readonly durationMs: number | undefined;
}

/** Folders are searched so deep, and no more runs are listed. */
const DEPTH = 4;
const MOST_RUNS = 5000;

/** All runs in a directory: a run itself, those of a sweep or of replicates, or whatever it holds. */
export class Catalogue {
  readonly directory: string;
  readonly #directories: string[] = [];
  readonly #ids = new Map<string, number>();

  /** @throws {RunLocationError} when there is no directory, or no run in it */
  constructor(directory: string) {
    this.directory = resolve(directory);
    if (!leadsToFolder(directory)) {
      throw new RunLocationError(
        `There is no directory ${directory}. Name a run, a sweep, or a directory of runs.`,
      );
    }
    if (!this.#runsIn(this.directory, DEPTH).next().done) return;
    throw new RunLocationError(
      `${directory} contains no run, no sweep and no directory of runs. Record one: isocortex run.`,
    );
  }

  get name(): string {
    return basename(this.directory);
  }

  /** The runs there are now. */
  list(): CatalogueRun[] {
    const runs: CatalogueRun[] = [];
    for (const run of this.#runsIn(this.directory, DEPTH)) {
      if (runs.push(run) === MOST_RUNS) break;
    }
    return runs;
  }

  /** Number of a run's directory, the same for as long as the server lives. */
  idOf(directory: string): number {
    const known = this.#ids.get(directory);
    if (known !== undefined) return known;
    const id = this.#directories.push(directory) - 1;
    this.#ids.set(directory, id);
    return id;
  }

  /** The directory of a number that was given out. */
  directoryOf(id: number): string | undefined {
    return this.#directories[id];
  }

  /** One by one, as reading stops at the most that are listed. */
  *#runsIn(directory: string, depth: number): Generator<CatalogueRun> {
    if (holdsRun(directory)) yield this.#runAt(directory);
    else if (planNumbers(directory).length > 0) yield* this.#tasksOf(openStudy(directory));
    else if (depth > 0) {
      const entries = unlessGone(() => readdirSync(directory, { withFileTypes: true })) ?? [];
      const names = entries
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
        .map(({ name }) => name)
        .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
      for (const name of names) yield* this.#runsIn(join(directory, name), depth - 1);
    }
  }

  #runAt(directory: string): CatalogueRun {
    const place = { id: this.idOf(directory), path: relative(this.directory, directory) || "." };
    try {
      const manifest = readManifest(new FolderStore(directory));
      const { label, ancestry } = manifest;
      const detail = ancestry
        ? `a branch of ${ancestry.label} at ${ancestry.timeMs / 1000} s`
        : (manifest.preset ?? "");
      return { ...place, label, detail, state: stateOf(directory, manifest), ...times(manifest) };
    } catch {
      // What is wrong with it is said when it is opened.
      const nothing = { startMs: 0, simulatedMs: 0, durationMs: undefined };
      return { ...place, label: basename(directory), detail: "", state: "damaged", ...nothing };
    }
  }

  *#tasksOf(study: Study): Generator<CatalogueRun> {
    const failures = readFailures(study);
    const { varied } = study.plan.header;
    for (const task of study.plan.tasks.filter(({ kind }) => kind === "run")) {
      const directory = study.runDirectory(task);
      const { kind } = taskState(study, task, failures);
      const found = holdsRun(directory) ? this.#runAt(directory) : undefined;
      const state =
        kind === "done" ? "complete" : kind === "running" ? "recording" : (kind as RunState);
      yield {
        id: found?.id,
        label: taskLabel(task, varied),
        path: relative(this.directory, study.directory) || ".",
        detail: `seed ${task.seed}`,
        state: found && state === "waiting" ? found.state : state,
        startMs: found?.startMs ?? 0,
        simulatedMs: found?.simulatedMs ?? 0,
        durationMs: found?.durationMs,
      };
    }
  }
}

const taskLabel = ({ settings, seed }: PlanTask, varied: readonly SettingName[]): string =>
  varied.map((name) => `${name} = ${settings[name]}`).join(", ") || `seed ${seed}`;

const times = (manifest: Manifest) => ({
  startMs: recordStartMs(manifest),
  simulatedMs: manifest.simulatedMs,
  durationMs: runEndMs(manifest),
});

/** A run that says of itself that it is running may have been killed. */
export function stateOf(directory: string, { status }: Manifest): RunState {
  if (status !== "running") return status;
  return leaseHolder(directory) ? "recording" : "stopped";
}
