import { YamlDocument } from "../document/yaml.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import type { Model } from "../model/parameter-definition.ts";
import { InvalidParametersError } from "../model/parameter-error.ts";
import { modelOf, type ParameterOverrides, type Parameters } from "../model/parameters.ts";
import { seedOverrides } from "../model/seeds.ts";
import { readEntries } from "../timeline/entries.ts";
import { ContentsReader } from "./contents-reader.ts";
import { type Experiment, type ExperimentChanges, readTimeline } from "./definition.ts";
import { phasesLasting } from "./phases.ts";
import { findPreset, UnknownPresetError } from "./presets.ts";
import { readRecord, samplingOverrides } from "./record-keys.ts";
import { experimentSchema } from "./schema.ts";

/**
 * Overrides of files that name no preset: of the column with external input only; in the 2014
 * model, of its experiment without stimulation.
 */
export const defaultOverrides = (model: Model): ParameterOverrides =>
  findPreset(model === 2014 ? "alzheimer" : "baseline").overrides;

/**
 * An experiment from the text of its file, in YAML 1.2 or JSON; docs/experiments.md describes the
 * keys.
 *
 * @param text contents of the file
 * @param file name of the file in messages
 * @param changes seed and parameters that replace those of the file
 * @throws {DocumentError} with the line and key of each problem
 * @example
 * ```ts
 * import { readExperiment } from "isocortex";
 *
 * const experiment = readExperiment(`
 * duration: 5 s
 * timeline:
 *   - { at: 2 s, external: 0.5 }
 * `);
 * console.log(experiment.entries);
 * ```
 */
export function readExperiment(
  text: string,
  file = "experiment",
  changes: ExperimentChanges = {},
): Experiment {
  return new ExperimentReader(new YamlDocument(text, file), changes).read();
}

class ExperimentReader {
  readonly #file: ContentsReader<typeof experimentSchema>;
  readonly #changes: ExperimentChanges;

  constructor(document: YamlDocument, changes: ExperimentChanges) {
    this.#file = new ContentsReader(document, experimentSchema, "preset: baseline-quick");
    this.#changes = changes;
  }

  read(): Experiment {
    const { description = "", preset = null, timeline = [], record = {} } = this.#file.contents;
    const parameters = this.#resolve();
    const entries = timeline as Experiment["entries"];
    const reading = parameters && readTimeline({ parameters, entries });
    const { problems } = reading ?? readEntries(timeline, "experiment");
    this.#file.complain(problems, "timeline");
    const { problems: wrong = [], ...recorded } = parameters ? readRecord(record, parameters) : {};
    this.#file.complain(wrong, "record");
    this.#file.throwIfAny();
    return {
      description,
      preset,
      parameters: parameters!,
      entries: reading!.sealed,
      ...recorded,
    };
  }

  /** The parameters, or undefined where something is wrong with them. */
  #resolve(): Parameters | undefined {
    const { seed = 0, duration, record } = this.#file.contents;
    const own = this.#file.readParameters(this.#file.contents.parameters);
    const preset = own && this.#presetOverrides(own);
    if (!preset) return undefined;
    const given: ParameterOverrides = {
      ...preset,
      ...seedOverrides(this.#changes.seed ?? seed, { ...preset, ...own }),
      ...own,
      ...samplingOverrides(record),
    };
    try {
      const phases = duration && phasesLasting(resolveParameters(given), duration);
      return resolveParameters({ ...given, ...phases, ...this.#changes.changes });
    } catch (error) {
      if (!(error instanceof InvalidParametersError)) throw error;
      this.#file.complainOfParameters(error, this.#file.contents.parameters);
      return undefined;
    }
  }

  #presetOverrides(own: ParameterOverrides): ParameterOverrides | undefined {
    const { preset } = this.#file.contents;
    try {
      return preset === undefined ? defaultOverrides(modelOf(own)) : findPreset(preset).overrides;
    } catch (error) {
      if (!(error instanceof UnknownPresetError)) throw error;
      this.#file.complain([{ path: ["preset"], message: error.message }]);
      return undefined;
    }
  }
}
