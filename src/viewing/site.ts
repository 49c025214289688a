import { existsSync, realpathSync } from "node:fs";
import { join, sep } from "node:path";
import { checkpointFiles, checkpointPattern } from "../recording/checkpoint-files.ts";
import { recordStartMs } from "../recording/manifest.ts";
import { readManifest } from "../recording/manifest-file.ts";
import { runFiles, stimulusFolder } from "../recording/run-files.ts";
import { trainsPattern } from "../recording/train-files.ts";
import { pastDirectories } from "../runs/history.ts";
import { isRegularFile } from "../store/file-entry.ts";
import { FolderStore } from "../store/run-folder.ts";
import { Catalogue, stateOf } from "./catalogue.ts";
import { OverviewCache } from "./overview-cache.ts";
import { type Download, runArchive } from "./run-archive.ts";

/** Response to an address. */
export type Answer =
  | { readonly file: string }
  | { readonly bytes: Uint8Array }
  | { readonly json: unknown }
  | { readonly download: Download }
  | { readonly status: 404 | 410 | 422; readonly text: string };

/** A run that is asked for, and how far its overview is. */
export interface RunDescription {
  /** Numbers of the run and of those that it branched off, its parent first. */
  readonly chain: readonly {
    readonly id: number;
    readonly directory: string;
    readonly overview: string | undefined;
  }[];
  readonly state: ReturnType<typeof stateOf>;
  readonly files: readonly string[];
  /** The part of the work on overviews that is done; undefined when they are complete. */
  readonly progress: number | undefined;
  readonly notes: readonly string[];
}

const recordPaths: readonly string[] = Object.values(runFiles);

/** Addresses of the recorded runs in a directory. */
export class RunSite {
  readonly catalogue: Catalogue;
  readonly #overviews: OverviewCache;

  /** @throws {RunLocationError} when there is no run in it */
  constructor(directory: string, overviews = new OverviewCache()) {
    this.catalogue = new Catalogue(directory);
    this.#overviews = overviews;
  }

  /** Response to an address below the page's; undefined for others. */
  answer(address: string): Answer | undefined {
    if (address === "runs.json") {
      const { name, directory } = this.catalogue;
      return { json: { name, directory, runs: this.catalogue.list() } };
    }
    const [, number, rest = ""] = /^runs\/(\d{1,6})\/(.+)$/.exec(address) ?? [];
    const directory = number === undefined ? undefined : this.catalogue.directoryOf(Number(number));
    if (directory === undefined) return undefined;
    if (!existsSync(directory)) {
      const text = `${directory} was deleted or moved. Choose another run, or restore it and open it again.`;
      return { status: 410, text };
    }
    if (rest === "run.json") return this.#describe(directory);
    if (rest === "archive.zip") return archiveOf(directory);
    if (rest.startsWith("overview/")) {
      const { kept } = this.#overviews.stateOf(directory);
      if (kept && rest === `overview/${kept.stamp}`) return kept.content;
      return { status: 410, text: "The record has changed meanwhile. Open the run again." };
    }
    return recordFile(directory, rest);
  }

  close(): void {
    this.#overviews.close();
  }

  #describe(directory: string): Answer {
    const notes: string[] = [];
    try {
      const manifest = readManifest(new FolderStore(directory));
      const past = pastDirectories(directory, (text) => notes.push(text));
      const chain = [directory, ...past].map((place) => {
        return { place, id: this.catalogue.idOf(place), ...this.#overviews.stateOf(place) };
      });
      const broken = chain.find(({ kept, problem }) => !kept && problem !== undefined);
      if (broken) return { status: 422, text: `${broken.place}: ${broken.problem}` };
      // Whoever follows the record goes on until the overview has all of it.
      const isBehind = chain.some(({ isCurrent }) => !isCurrent);
      const isReady = chain.every(({ kept }) => kept);
      const done = chain.reduce((sum, one) => sum + (one.kept ? 1 : (one.progress ?? 0)), 0);
      const json: RunDescription = {
        chain: chain.map(({ id, place, kept }) => ({
          id,
          directory: place,
          overview: kept?.stamp,
        })),
        state: isBehind ? "recording" : stateOf(directory, manifest),
        files: filesOf(directory, recordStartMs(manifest)),
        progress: isReady ? undefined : done / chain.length,
        notes: [...notes, ...chain.flatMap(({ problem }) => problem ?? [])],
      };
      return { json };
    } catch (error) {
      return { status: 422, text: error instanceof Error ? error.message : String(error) };
    }
  }
}

/** Files of a record besides those that every run has: checkpoints, and copies of spike trains. */
function filesOf(directory: string, startMs: number): string[] {
  const store = new FolderStore(directory);
  const checkpoints = checkpointFiles(store).filter(({ timeMs }) => timeMs >= startMs - 1);
  const trains = store.list(stimulusFolder).map((name) => `${stimulusFolder}/${name}`);
  return [...checkpoints.map(({ path }) => path), ...trains];
}

/** The archive of a run that is not being written. */
function archiveOf(directory: string): Answer {
  try {
    const state = stateOf(directory, readManifest(new FolderStore(directory)));
    if (state !== "recording") {
      return { download: runArchive(directory, (path) => recordFile(directory, path)?.file) };
    }
    return { status: 422, text: "It is being recorded. Download it once it has ended." };
  } catch (error) {
    return { status: 422, text: error instanceof Error ? error.message : String(error) };
  }
}

/** A file of a record: no other in its directory, none elsewhere, and no link. */
function recordFile(directory: string, path: string): { readonly file: string } | undefined {
  const isRecord =
    recordPaths.includes(path) || checkpointPattern.test(path) || trainsPattern.test(path);
  const file = join(directory, path);
  if (!isRecord || !isRegularFile(file)) return undefined;
  const isInside = realpathSync(file).startsWith(`${realpathSync(directory)}${sep}`);
  return isInside ? { file } : undefined;
}
