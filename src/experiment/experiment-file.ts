import type { DocumentProblem } from "../document/document-error.ts";
import { type PlaceProblem, schemaProblems } from "../document/schema-problems.ts";
import { YamlDocument } from "../document/yaml-document.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import { unknownKey } from "../model/nearest-name.ts";
import { parseAssignments } from "../model/overrides.ts";
import { InvalidParametersError } from "../model/parameter-error.ts";
import { findParameter } from "../model/parameter-names.ts";
import type { ParameterOverrides, Parameters } from "../model/parameters.ts";
import { seedOverrides } from "../model/seeds.ts";
import { type Experiment, type ExperimentChanges, readTimeline } from "./experiment.ts";
import { type ExperimentContents, experimentSchema } from "./experiment-schema.ts";
import { phasesLasting } from "./phases.ts";
import { findPreset, UnknownPresetError } from "./presets.ts";
import { gainTimes } from "./schedule.ts";
import { readEntries } from "./timeline/entries.ts";

/** What a file starts from that names no preset: the column with external input only. */
export const DEFAULT_PRESET = "baseline";

/**
 * Reads an experiment from its file's text, in YAML 1.2 or JSON.
 *
 * @param file what messages call the file
 * @throws {DocumentError} with all that is wrong, each with its line and key
 */
export function readExperiment(
  text: string,
  file = "experiment",
  changes: ExperimentChanges = {},
): Experiment {
  return new ExperimentReader(new YamlDocument(text, file), changes).read();
}

class ExperimentReader {
  readonly #document: YamlDocument;
  readonly #changes: ExperimentChanges;
  readonly #problems: DocumentProblem[] = [];
  readonly #contents: ExperimentContents;

  constructor(document: YamlDocument, changes: ExperimentChanges) {
    this.#document = document;
    this.#changes = changes;
    this.#contents = this.#readContents();
  }

  read(): Experiment {
    const { description = "", preset = null, timeline = [], record } = this.#contents;
    const parameters = this.#resolve();
    const problems = parameters
      ? readTimeline({ parameters, entries: timeline as Experiment["entries"] }).problems
      : readEntries(timeline, "experiment").problems;
    this.#complainAll(problems, "timeline");
    if (parameters) this.#checkGains(parameters, record?.gains);
    this.#document.throwIfAny(this.#problems);
    return {
      description,
      preset,
      parameters: parameters!,
      entries: timeline as Experiment["entries"],
      ...(record?.gains && { gainTimesMs: record.gains }),
    };
  }

  /** All that is as it should be; what is wrong is left out, so that the rest is read, too. */
  #readContents(): ExperimentContents {
    const { value } = this.#document;
    const { data, error } = experimentSchema.safeParse(value ?? {});
    if (!error) return data;
    this.#complainAll(schemaProblems(error, experimentSchema, unknownKey));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
    const sound = Object.entries(experimentSchema.shape).flatMap(([key, field]) => {
      const { data: own } = field.safeParse((value as Record<string, unknown>)[key]);
      return own === undefined ? [] : [[key, own]];
    });
    return Object.fromEntries(sound);
  }

  #complainAll(problems: readonly PlaceProblem[], ...place: readonly string[]): void {
    for (const { path, message } of problems) {
      this.#problems.push(this.#document.problem([...place, ...path], message));
    }
  }

  /** The parameters, or undefined where something is wrong with them. */
  #resolve(): Parameters | undefined {
    const { seed = 0, duration, record } = this.#contents;
    const { samples } = record ?? {};
    const before = this.#problems.length;
    const own = this.#readParameters();
    const given: ParameterOverrides = {
      ...this.#presetOverrides(),
      ...seedOverrides(this.#changes.seed ?? seed),
      ...own,
      ...(samples?.from !== undefined && { samplingStartMs: samples.from }),
      ...(samples?.every !== undefined && { samplingIntervalMs: samples.every }),
    };
    if (this.#problems.length > before) return undefined;
    try {
      const phases = duration && phasesLasting(resolveParameters(given), duration);
      return resolveParameters({ ...given, ...phases, ...this.#changes.changes });
    } catch (error) {
      if (!(error instanceof InvalidParametersError)) throw error;
      for (const { parameter, message } of error.errors) {
        const known = Object.keys(this.#contents.parameters ?? {});
        const name = known.find((one) => findParameter(one) === parameter);
        this.#complainAll([{ path: name === undefined ? [] : [name], message }], "parameters");
      }
      return undefined;
    }
  }

  #presetOverrides(): ParameterOverrides {
    try {
      return findPreset(this.#contents.preset ?? DEFAULT_PRESET).overrides;
    } catch (error) {
      if (!(error instanceof UnknownPresetError)) throw error;
      this.#complainAll([{ path: ["preset"], message: error.message }]);
      return {};
    }
  }

  #readParameters(): ParameterOverrides {
    const named = new Map<string, string>();
    const read = Object.entries(this.#contents.parameters ?? {}).map(([known, value]) => {
      const name = findParameter(known) ?? known;
      const earlier = named.get(name);
      const complain = (message: string) =>
        this.#complainAll([{ path: ["parameters", known], message }]);
      if (earlier !== undefined) complain(`${name} is set twice: by ${earlier}, too.`);
      named.set(name, known);
      try {
        return parseAssignments([`${known}=${value}`]);
      } catch (error) {
        if (!(error instanceof InvalidParametersError)) throw error;
        complain(error.errors[0]!.message);
        return {};
      }
    });
    return Object.assign({}, ...read);
  }

  #checkGains(parameters: Parameters, timesMs: readonly number[] | undefined): void {
    try {
      gainTimes(parameters, timesMs);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#complainAll([{ path: ["record", "gains"], message: error.message }]);
    }
  }
}
