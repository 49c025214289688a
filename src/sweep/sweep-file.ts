import type { DocumentProblem } from "../document/document-error.ts";
import { schemaProblems } from "../document/schema-problems.ts";
import { type DocumentPath, YamlDocument } from "../document/yaml-document.ts";
import { nameHint, nearestName, unknownKey } from "../model/nearest-name.ts";
import { parseAssignments } from "../model/overrides.ts";
import { InvalidParametersError } from "../model/parameter-error.ts";
import type { ParameterName, ParameterOverrides } from "../model/parameters.ts";
import { type MeasureName, usualMeasures } from "./measures.ts";
import type { Resources } from "./resources.ts";
import { type EngineName, type SweepContents, sweepSchema } from "./sweep-schema.ts";
import {
  type ParameterValue,
  rangeValues,
  type ValueRange,
  ValueRangeError,
  type Variation,
} from "./variation.ts";

/** An experiment that a sweep can vary. */
export interface SweepPreset {
  readonly name: string;
  readonly overrides: ParameterOverrides;
}

/** A study: an experiment, and what is varied in it. */
export interface Sweep {
  readonly name: string;
  readonly description: string;
  readonly preset: SweepPreset;
  /** What differs from the experiment in all runs. */
  readonly fixed: ParameterOverrides;
  readonly varied: readonly Variation[];
  readonly combine: "grid" | "zip";
  readonly seeds: readonly number[];
  /** What is to be shown of each run. */
  readonly measures: readonly MeasureName[];
  /** When plastic gains are recorded, ms; by default at the beginning and end of learning. */
  readonly gainTimesMs?: readonly number[] | undefined;
  /** Whether each run is also measured for the paper's claims. */
  readonly judged?: boolean | undefined;
  readonly resources: Resources;
  readonly engine: EngineName;
}

/** Of a sweep that names no seeds: the published network and input. */
const PUBLISHED_SEED = 0;

/**
 * Reads a sweep from its file's text.
 *
 * @param file what messages call the file
 * @param name of a sweep that names itself not
 * @throws {DocumentError} with all that is wrong, each with its line and key
 */
export function readSweep(
  text: string,
  file: string,
  name: string,
  presets: readonly SweepPreset[],
): Sweep {
  const document = new YamlDocument(text, file);
  const { data, error } = sweepSchema.safeParse(document.value);
  if (error) {
    document.throwIfAny(
      schemaProblems(error, sweepSchema, unknownKey).map(({ path, message }) =>
        document.problem(path, message),
      ),
    );
    throw error;
  }
  return new SweepReader(document, data, presets).read(name);
}

class SweepReader {
  readonly #document: YamlDocument;
  readonly #contents: SweepContents;
  readonly #presets: readonly SweepPreset[];
  readonly #problems: DocumentProblem[] = [];
  /** Where each parameter is set. */
  readonly #set = new Map<string, DocumentPath>();

  constructor(document: YamlDocument, contents: SweepContents, presets: readonly SweepPreset[]) {
    this.#document = document;
    this.#contents = contents;
    this.#presets = presets;
  }

  read(name: string): Sweep {
    const { set = {}, vary = {}, resources = {}, ...contents } = this.#contents;
    const preset = this.#findPreset(contents.preset);
    const fixed = Object.entries(set).flatMap(([known, value]) =>
      this.#readValues(known, ["set", known], [value]),
    );
    const varied = Object.entries(vary).flatMap(([known, values]) =>
      this.#readValues(known, ["vary", known], this.#listed(["vary", known], values)),
    );
    const { combine = "grid", seeds = [PUBLISHED_SEED] } = contents;
    if (combine === "zip") this.#checkZip(varied);
    this.#document.throwIfAny(this.#problems);
    return {
      name: contents.name ?? name,
      description: contents.description ?? "",
      preset: preset!,
      fixed: Object.fromEntries(fixed.map(({ name: own, values }) => [own, values[0]])),
      varied,
      combine,
      seeds: this.#listSeeds(seeds),
      measures: contents.measures ?? usualMeasures,
      gainTimesMs: contents.gainTimesS?.map((timeS) => 1000 * timeS),
      resources: { timeMs: resources.time, memoryBytes: resources.memory },
      engine: contents.engine ?? "local",
    };
  }

  #complain(path: DocumentPath, message: string): void {
    this.#problems.push(this.#document.problem(path, message));
  }

  #findPreset(name: string): SweepPreset | undefined {
    const preset = this.#presets.find((one) => one.name === name);
    if (preset) return preset;
    const names = this.#presets.map((one) => one.name);
    this.#complain(
      ["preset"],
      `there is no experiment "${name}". ${nameHint(nearestName(name, names), "isocortex list experiments")}`,
    );
    return undefined;
  }

  #listed(path: DocumentPath, values: readonly ParameterValue[] | ValueRange) {
    if (Array.isArray(values)) return values;
    try {
      return rangeValues(values as ValueRange);
    } catch (error) {
      if (!(error instanceof ValueRangeError)) throw error;
      this.#complain(path, `${error.message}.`);
      return [];
    }
  }

  /** A parameter's values, each as its kind has it; nothing where the parameter is unknown. */
  #readValues(known: string, path: DocumentPath, given: readonly ParameterValue[]): Variation[] {
    const isList = path[0] === "vary";
    let name: ParameterName | undefined;
    const values: ParameterValue[] = [];
    for (const [index, value] of given.entries()) {
      const place = isList && Array.isArray(this.#contents.vary?.[known]) ? [...path, index] : path;
      try {
        const [[found, read]] = Object.entries(parseAssignments([`${known}=${value}`])) as [
          [ParameterName, ParameterValue],
        ];
        name = found;
        const repeats = values.includes(read) && this.#contents.combine !== "zip";
        if (repeats) this.#complain(place, `${value} is there twice.`);
        values.push(read);
      } catch (error) {
        if (!(error instanceof InvalidParametersError)) throw error;
        this.#complain(place, error.errors[0]!.message);
      }
    }
    if (name === undefined) return [];
    this.#checkOnce(name, path);
    return [{ name, values }];
  }

  #checkOnce(name: ParameterName, path: DocumentPath): void {
    const earlier = this.#set.get(name);
    if (earlier) this.#complain(path, `${name} is set twice: by ${earlier.join(".")}, too.`);
    this.#set.set(name, path);
  }

  #checkZip(varied: readonly Variation[]): void {
    const lengths = varied.map(({ name, values }) => `${name} has ${values.length}`);
    if (new Set(varied.map(({ values }) => values.length)).size > 1) {
      this.#complain(
        ["combine"],
        `zip takes one value of each parameter at a time, but ${lengths.join(", ")}.`,
      );
      return;
    }
    const rows = varied[0]?.values.map((_, k) => varied.map(({ values }) => values[k]).join(", "));
    const repeated = rows?.find((row, k) => rows.indexOf(row) < k);
    if (repeated === undefined) return;
    this.#complain(["combine"], `zip takes the same values twice: ${repeated}.`);
  }

  #listSeeds(seeds: number | readonly number[]): readonly number[] {
    if (typeof seeds === "number") return Array.from({ length: seeds }, (_, k) => k + 1);
    return [...new Set(seeds)];
  }
}
