import { Document, isMap, isPair, isScalar, visit } from "yaml";
import { timeText } from "../document/quantities.ts";
import { resolveParameters } from "../model/derived-defaults.ts";
import { InvalidParametersError } from "../model/parameter-error.ts";
import {
  modelOf,
  namesOf,
  type ParameterName,
  type ParameterOverrides,
  type Parameters,
  parameterNames,
} from "../model/parameters.ts";
import { durationMs } from "../model/timeline.ts";
import type { PotentialSchedule } from "../recording/potentials.ts";
import { cellsText } from "../timeline/cell-selection.ts";
import type { EntrySource } from "../timeline/entry.ts";
import { protocolEntries, protocolParameters } from "../timeline/protocol-entries.ts";
import { type Experiment, timelineOf } from "./definition.ts";
import { defaultOverrides } from "./file.ts";

/** Keys of what is on one line. */
const flowKeys = ["samples", "potentials"];

/** The contents of an experiment's file. */
type Contents = Readonly<Record<string, unknown>>;

/**
 * A whole experiment as the contents of a file, which starts from nothing but what a file without
 * a preset starts from: all that happens is in its timeline. Read again, it gives the same bits.
 */
export function experimentContents(experiment: Experiment): Contents {
  const { description, parameters, gainTimesMs, potentials } = experiment;
  const bare = withoutProtocol(parameters);
  const timeline = bare === parameters ? experiment.entries : wholeTimeline(experiment, bare);
  const { samplingStartMs, samplingIntervalMs } = parameters;
  const base = baseParameters(bare);
  const samples = {
    ...(samplingStartMs !== base.samplingStartMs && { from: timeText(samplingStartMs) }),
    ...(samplingIntervalMs !== base.samplingIntervalMs && { every: timeText(samplingIntervalMs) }),
  };
  const record = {
    ...(Object.keys(samples).length > 0 && { samples }),
    ...(gainTimesMs && { gains: gainTimesMs.map(timeText) }),
    ...(potentials && { potentials: potentialsSource(potentials) }),
  };
  const own = changedFromBase(bare);
  return {
    ...(description && { description }),
    duration: timeText(durationMs(parameters)),
    ...(Object.keys(own).length > 0 && { parameters: own }),
    ...(timeline.length > 0 && { timeline }),
    ...(Object.keys(record).length > 0 && { record }),
  };
}

const potentialsSource = ({ cells, everyMs, fromMs, untilMs }: PotentialSchedule) => ({
  cells: cellsText(cells),
  every: timeText(everyMs),
  from: timeText(fromMs),
  until: timeText(untilMs),
});

/**
 * An experiment as the text of an experiment file, complete: `readExperiment` returns an experiment
 * with the same spikes.
 *
 * @example
 * ```ts
 * import { experimentText, presetExperiment } from "isocortex";
 *
 * console.log(experimentText(presetExperiment("deletion-quick")));
 * ```
 */
export function experimentText(experiment: Experiment): string {
  const document = new Document(experimentContents(experiment));
  visit(document, {
    Map(key, node, path) {
      const parent = path.at(-1);
      if (key === null || !isPair(parent) || !isScalar(parent.key)) return;
      if (
        path.some((one) => isMap(one) && one.has("id")) ||
        flowKeys.includes(String(parent.key.value))
      ) {
        node.flow = true;
      }
    },
    Seq(_, node, path) {
      // All but the timeline itself.
      if (path.length > 3) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 100, flowCollectionPadding: true });
}

/**
 * The parameters with those that the timeline says as a file without a preset has them. Those of the
 * 2014 model stay: they say its timeline more briefly than entries, which the seeds change, too.
 */
function withoutProtocol(parameters: Parameters): Parameters {
  if (modelOf(parameters) === 2014) return parameters;
  const overrides = defaultOverrides(2013);
  const kept = parameterNames.filter((name) => !protocolParameters.includes(name));
  const values = Object.fromEntries(kept.map((name) => [name, parameters[name]]));
  const own = Object.fromEntries(
    protocolParameters.map((name) => [name, (overrides as Partial<Parameters>)[name]]),
  );
  return resolveParameters({ ...values, ...own } as ParameterOverrides);
}

/** Parameters of recording and duration, which have their own keys. */
const keyed: readonly ParameterName[] = ["samplingStartMs", "samplingIntervalMs"];
const phases: readonly ParameterName[] = [
  "baselineDurationS",
  "learningDurationS",
  "recallDurationS",
];

const basePhases = ({ baselineDurationS, learningDurationS, recallDurationS }: Parameters) => ({
  baselineDurationS,
  learningDurationS,
  recallDurationS,
});

/** Parameters of a file without a preset, with the given duration. */
const baseParameters = (parameters: Parameters): Parameters =>
  modelOf(parameters) === 2014
    ? resolveParameters(defaultOverrides(2014))
    : resolveParameters({ ...defaultOverrides(2013), ...basePhases(parameters) });

/** As few changes as make these parameters of those that a file without a preset starts from. */
function changedFromBase(parameters: Parameters): ParameterOverrides {
  const model = modelOf(parameters);
  const overrides = defaultOverrides(model);
  // In 2014, the phases have to agree with each other before a duration changes them.
  const isAlone = model === 2013 && parameters.learningDurationS + parameters.recallDurationS === 0;
  const candidates = namesOf(model).filter(
    (name) => !keyed.includes(name) && !(isAlone && phases.includes(name)),
  );
  const kept = namesOf(model).filter((name) => !candidates.includes(name));
  const valuesOf = (names: readonly ParameterName[]) =>
    Object.fromEntries(names.map((name) => [name, parameters[name]])) as ParameterOverrides;
  const gives = (names: readonly ParameterName[], name: ParameterName) => {
    try {
      const given = { ...overrides, ...valuesOf([...kept, ...names]) };
      return resolveParameters(given)[name] === parameters[name];
    } catch (error) {
      if (error instanceof InvalidParametersError) return false;
      throw error;
    }
  };
  let needed = candidates;
  for (const name of candidates) {
    const others = needed.filter((one) => one !== name);
    if (gives(others, name)) needed = others;
  }
  // The model says what the rest starts from.
  return valuesOf(model === 2013 ? needed : [...new Set<ParameterName>(["model", ...needed])]);
}

/** All entries; what the bare parameters would give besides is taken out. */
function wholeTimeline(experiment: Experiment, bare: Parameters): EntrySource[] {
  const entries = timelineOf(experiment).timeline;
  const ids = new Set(entries.map(({ id }) => id));
  const others = protocolEntries(bare).filter(({ id }) => !ids.has(String(id)));
  return [
    ...entries.map(({ source }) => source),
    ...others.map(({ id }) => ({ id, remove: true })),
  ];
}
