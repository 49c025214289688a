import { controlCharacterIn } from "../../document/control-characters.ts";
import type { DocumentProblem } from "../../document/error.ts";
import { schemaProblems } from "../../document/schema-problems.ts";
import { type DocumentPath, YamlDocument } from "../../document/yaml.ts";
import {
  EntrySettingError,
  isEntryKey,
  withEntrySettings,
} from "../../experiment/entry-settings.ts";
import { type MeasureName, usualMeasures } from "../../measures/quantities.ts";
import { resolveParameters } from "../../model/derived-defaults.ts";
import { nameHint, nearestName, unknownKey } from "../../model/nearest-name.ts";
import { parseAssignments } from "../../model/overrides.ts";
import { InvalidParametersError } from "../../model/parameter-error.ts";
import { findParameter, unknownParameter } from "../../model/parameter-names.ts";
import type { ParameterOverrides, Parameters } from "../../model/parameters.ts";
import type { EntrySource } from "../../timeline/entry.ts";
import type { Resources } from "./resources.ts";
import { type ExecutorName, type SweepContents, sweepSchema } from "./schema.ts";
import {
  type ParameterValue,
  rangeValues,
  type SettingName,
  type Settings,
  splitSettings,
  type ValueRange,
  ValueRangeError,
  type Variation,
} from "./variation.ts";

/** An experiment that a sweep can vary. */
export interface SweepPreset {
  readonly name: string;
  readonly overrides: ParameterOverrides;
  /** Entries in addition to those of the parameters; see `Experiment`. */
  readonly entries?: readonly EntrySource[] | undefined;
}

/** A study: an experiment, and what is varied in it. */
export interface Sweep {
  readonly name: string;
  readonly description: string;
  readonly preset: SweepPreset;
  /** Settings of all runs that differ from the experiment. */
  readonly fixed: Settings;
  readonly varied: readonly Variation[];
  readonly combine: "grid" | "zip";
  readonly seeds: readonly number[];
  /** Measures to show for each run. */
  readonly measures: readonly MeasureName[];
  /**
   * Time at which plastic gains are recorded, ms; by default at the beginning and end of learning.
   */
  readonly gainTimesMs?: readonly number[] | undefined;
  /** True if each run is also measured for the paper's claims. */
  readonly judged?: boolean | undefined;
  readonly resources: Resources;
  readonly executor: ExecutorName;
}

/** True if a text can be a directory's name that is not hidden, nor taken for an option. */
const isFileName = (text: string): boolean =>
  /^[^-./\\][^/\\]*$/.test(text) && controlCharacterIn(text) === undefined;

/** Of a sweep that names no seeds: the published network and input. */
const PUBLISHED_SEED = 0;

/**
 * Reads a sweep from its file's text.
 *
 * @param file what messages call the file
 * @param name of a sweep that names itself not
 * @param openExperiment reads the experiment of another file, by its path as this one has it
 * @throws {DocumentError} with all that is wrong, each with its line and key
 */
export function readSweep(
  text: string,
  file: string,
  name: string,
  presets: readonly SweepPreset[],
  openExperiment?: (path: string) => SweepPreset,
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
  return new SweepReader(document, data, presets, openExperiment).read(name);
}

class SweepReader {
  readonly #document: YamlDocument;
  readonly #contents: SweepContents;
  readonly #presets: readonly SweepPreset[];
  readonly #openExperiment: ((path: string) => SweepPreset) | undefined;
  readonly #problems: DocumentProblem[] = [];
  /** Path at which each parameter is set. */
  readonly #set = new Map<string, DocumentPath>();

  constructor(
    document: YamlDocument,
    contents: SweepContents,
    presets: readonly SweepPreset[],
    openExperiment?: (path: string) => SweepPreset,
  ) {
    this.#document = document;
    this.#contents = contents;
    this.#presets = presets;
    this.#openExperiment = openExperiment;
  }

  read(name: string): Sweep {
    const { set = {}, vary = {}, resources = {}, ...contents } = this.#contents;
    const preset = this.#findExperiment();
    const fixed = Object.entries(set).flatMap(([known, value]) =>
      this.#readValues(known, ["set", known], [value]),
    );
    const varied = Object.entries(vary).flatMap(([known, values]) =>
      this.#readValues(known, ["vary", known], this.#listed(["vary", known], values)),
    );
    const { combine = "grid", seeds = [PUBLISHED_SEED] } = contents;
    if (contents.executor && contents.engine) {
      this.#complain(["engine"], "expected executor alone: engine is its earlier name.");
    }
    if (combine === "zip") this.#checkZip(varied);
    this.#checkSeeds(seeds);
    if (contents.name === undefined && !isFileName(name)) {
      this.#complain(
        [],
        `the name of the file is not valid for a study. Add a name, such as "name: my-study".`,
      );
    }
    if (preset) this.#checkKeys(preset, fixed, varied);
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
      executor: contents.executor ?? contents.engine ?? "local",
    };
  }

  #complain(path: DocumentPath, message: string): void {
    this.#problems.push(this.#document.problem(path, message));
  }

  #findExperiment(): SweepPreset | undefined {
    const { preset, experiment } = this.#contents;
    if ((preset === undefined) === (experiment === undefined)) {
      const message = "expected either preset: NAME, or experiment: FILE.";
      this.#complain(preset === undefined ? [] : ["experiment"], message);
      return undefined;
    }
    return experiment === undefined ? this.#findPreset(preset!) : this.#open(experiment);
  }

  #open(path: string): SweepPreset | undefined {
    if (this.#openExperiment) return this.#openExperiment(path);
    this.#complain(["experiment"], "expected preset: files cannot be read here.");
    return undefined;
  }

  #findPreset(name: string): SweepPreset | undefined {
    const preset = this.#presets.find((one) => one.name === name);
    if (preset) return preset;
    const names = this.#presets.map((one) => one.name);
    const hint = /\.ya?ml$/.test(name)
      ? `A file is given by experiment: ${name}.`
      : nameHint(nearestName(name, names), "isocortex list experiments");
    this.#complain(["preset"], `there is no experiment "${name}". ${hint}`);
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

  #checkSeeds(seeds: number | readonly number[]): void {
    if (typeof seeds === "number") return;
    const known = new Set<number>();
    for (const [index, seed] of seeds.entries()) {
      if (known.has(seed)) this.#complain(["seeds", index], `${seed} is given twice.`);
      known.add(seed);
    }
  }

  /** The values of a parameter, each as its kind has it, or of an entry's key; nothing where it is unknown. */
  #readValues(known: string, path: DocumentPath, given: readonly ParameterValue[]): Variation[] {
    const parameter = findParameter(known);
    const name: SettingName | undefined = isEntryKey(known) ? known : parameter;
    if (name === undefined) {
      this.#complain(path, unknownParameter(known).message);
      return [];
    }
    const mayRepeat = this.#contents.combine === "zip";
    const values = new Set<ParameterValue>();
    const list: ParameterValue[] = [];
    for (const [index, value] of given.entries()) {
      const place = this.#placeOf(known, path, index);
      try {
        const read = parameter ? parseAssignments([`${known}=${value}`])[parameter]! : value;
        if (values.has(read) && !mayRepeat) this.#complain(place, `${value} is given twice.`);
        values.add(read);
        list.push(read);
      } catch (error) {
        if (!(error instanceof InvalidParametersError)) throw error;
        this.#complain(place, error.errors[0]!.message);
      }
    }
    this.#checkOnce(name, path);
    return [{ name, values: list }];
  }

  /** Path of one of several values. */
  #placeOf(known: string, path: DocumentPath, index: number): DocumentPath {
    return path[0] === "vary" && Array.isArray(this.#contents.vary?.[known])
      ? [...path, index]
      : path;
  }

  /** Takes note of keys of entries that there are not, and of values that they do not take. */
  #checkKeys(preset: SweepPreset, fixed: readonly Variation[], varied: readonly Variation[]): void {
    const set = Object.fromEntries(fixed.map(({ name, values: [value] }) => [name, value]));
    const parameters = this.#parametersOf(preset, set);
    if (!parameters) return;
    const course = { parameters, entries: preset.entries ?? [] };
    const check = (name: SettingName, value: ParameterValue, place: DocumentPath) => {
      try {
        withEntrySettings(course, { [name]: value });
      } catch (error) {
        if (!(error instanceof EntrySettingError)) throw error;
        this.#complain(place, error.message);
      }
    };
    for (const { name, values } of fixed)
      if (isEntryKey(name)) check(name, values[0]!, ["set", name]);
    for (const { name, values } of varied) {
      if (!isEntryKey(name)) continue;
      for (const [k, value] of values.entries()) {
        check(name, value, this.#placeOf(name, ["vary", name], k));
      }
    }
  }

  /** Undefined where they are wrong together, which planning will say. */
  #parametersOf(preset: SweepPreset, set: Settings): Parameters | undefined {
    try {
      return resolveParameters({ ...preset.overrides, ...splitSettings(set).parameters });
    } catch (error) {
      if (error instanceof InvalidParametersError) return undefined;
      throw error;
    }
  }

  #checkOnce(name: SettingName, path: DocumentPath): void {
    const earlier = this.#set.get(name);
    if (earlier) this.#complain(path, `${name} is set twice: also by ${earlier.join(".")}.`);
    this.#set.set(name, path);
  }

  #checkZip(varied: readonly Variation[]): void {
    const lengths = varied.map(({ name, values }) => `${name} has ${values.length}`);
    if (new Set(varied.map(({ values }) => values.length)).size > 1) {
      this.#complain(
        ["combine"],
        `zip needs the same number of values of each parameter, but ${lengths.join(", ")}.`,
      );
      return;
    }
    const rows = varied[0]?.values.map((_, k) => varied.map(({ values }) => values[k]).join(", "));
    const known = new Set<string>();
    const repeated = rows?.find((row) => known.size === known.add(row).size);
    if (repeated === undefined) return;
    this.#complain(["combine"], `zip has the same values twice: ${repeated}.`);
  }

  #listSeeds(seeds: number | readonly number[]): readonly number[] {
    if (typeof seeds === "number") return Array.from({ length: seeds }, (_, k) => k + 1);
    return seeds;
  }
}
