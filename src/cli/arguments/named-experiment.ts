import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname } from "node:path";
import {
  type Experiment,
  type ExperimentChanges,
  layEntries,
} from "../../experiment/definition.ts";
import { presetExperiment, presets } from "../../experiment/presets.ts";
import { recordedParameters } from "../../recording/recorded-parameters.ts";
import { RunReader } from "../../recording/run-reader.ts";
import { holdsRun } from "../../runs/directory.ts";
import { openDamagedRun } from "../../runs/opening.ts";
import { prepareTrainFiles, withPathsFrom } from "../../runs/trains/files.ts";
import { recallTrains } from "../../runs/trains/recorded.ts";
import type { EntrySource } from "../../timeline/entry.ts";
import { UsageError } from "../failure.ts";

const extensions = [".yaml", ".yml", ".json"];

/** An experiment that is named on the command line, and what it is called. */
export interface NamedExperiment {
  readonly name: string;
  readonly experiment: Experiment;
}

/** Further requests. */
interface Wishes extends ExperimentChanges {
  readonly added?: readonly EntrySource[];
}

/**
 * The experiment of an argument: a preset's name or a file, which is read once, as it may be a pipe.
 *
 * @throws {UnknownPresetError} when it is neither
 * @throws {DocumentError} with all that is wrong in the file
 * @throws {InvalidTimelineError} with all that is wrong with added entries
 */
export async function namedExperiment(
  given: string,
  { added = [], ...changes }: Wishes = {},
): Promise<NamedExperiment> {
  const text = isExperimentFile(given) ? experimentFileText(given) : undefined;
  await prepareTrainFiles(text ?? "", JSON.stringify(added));
  const experiment =
    text === undefined
      ? presetExperiment(given, changes)
      : await fileExperiment(text, given, changes);
  const name = text === undefined ? given : basename(given, extname(given));
  if (added.length === 0) return { name, experiment };
  const entries = layEntries(experiment.parameters, experiment.entries, added);
  return { name, experiment: { ...experiment, entries } };
}

/** The experiment of a file's text, read by code that is only loaded then. */
async function fileExperiment(
  text: string,
  file: string,
  changes: ExperimentChanges,
): Promise<Experiment> {
  const { readExperiment } = await import("../../experiment/file.ts");
  return readFrom(file, () => readExperiment(text, file, changes));
}

/** True if an argument is a file: unless it names a preset, one that exists or looks like one. */
function isExperimentFile(given: string): boolean {
  if (presets.some(({ name }) => name === given)) return false;
  return extensions.includes(extname(given)) || existsSync(given);
}

/** The text of an experiment's file. */
export function experimentFileText(file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (error instanceof TypeError) {
      throw new UsageError(`${file} is not text in UTF-8. Save it in this encoding.`);
    }
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new UsageError(`There is no file ${file}.`);
    if (code !== "EISDIR") throw error;
    const advice = holdsRun(file)
      ? `it holds a run: isocortex resume ${file} continues it, isocortex show ${file} prints its experiment`
      : "expected an experiment file";
    throw new UsageError(`${file} is a directory; ${advice}.`);
  }
}

/** Reads a file in which paths are relative to its folder; in a pipe, to the working directory. */
export function readFrom<T>(file: string, read: () => T): T {
  const hasFolder = statSync(file).isFile() && !/^\/(?:dev|proc)\//.test(file);
  return withPathsFrom(hasFolder ? dirname(file) : ".", read);
}

/** Experiment of a recorded run; of a branch, as if it had been run so from the beginning. */
export function recordedExperiment(directory: string): Experiment {
  const store = openDamagedRun(directory);
  const { manifest } = new RunReader(store, "cut");
  recallTrains(directory, store, manifest);
  const { ancestry, label, preset, entries = [], gainTimesMs, potentials } = manifest;
  const origin = ancestry ? `, a branch of ${ancestry.label} at ${ancestry.timeMs / 1000} s` : "";
  const description = `${label}${origin}`;
  const parameters = recordedParameters(manifest);
  return { description, preset, parameters, entries, gainTimesMs, potentials };
}

/**
 * Entries of --add.
 *
 * @throws {UsageError} with every line that is none
 */
export async function addedEntries(lines: readonly string[] = []): Promise<EntrySource[]> {
  if (lines.length === 0) return [];
  const { entryFromLine } = await import("../../timeline/entry-line.ts");
  return lines.map(entryFromLine);
}
