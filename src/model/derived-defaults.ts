import { throwIfAny } from "./parameter-error.ts";
import {
  type ParameterName,
  type ParameterOverrides,
  type Parameters,
  parameterDefinitions,
  parameterNames,
} from "./parameters.ts";
import { roundToSixDigits } from "./six-digits.ts";
import { durationMs } from "./timeline.ts";
import { consistencyErrors, overrideErrors } from "./validation.ts";

/** The parameters whose default is computed from others. */
export type DerivedName =
  | "scalingStartMs"
  | "plasticityStartMs"
  | "plasticityEndMs"
  | "trainingStartMs"
  | "trainingEndMs"
  | "deletionStepCells"
  | "deletionIntervalMs"
  | "samplingIntervalMs"
  | "gainEE"
  | "gainIE"
  | "gainII"
  | "connectionFactor"
  | "wiringLengthUm";

type Given = Omit<Parameters, DerivedName>;

interface Derivation {
  /** The rule, as printed to users. */
  readonly formula: string;
  /** The same, before rounding to six digits. */
  readonly compute: (given: Given) => number;
}

const learningStart: Derivation = {
  formula: "1000 · baselineDurationS",
  compute: (given) => given.baselineDurationS * 1e3,
};

const learningEnd: Derivation = {
  formula: "1000 · (baselineDurationS + learningDurationS)",
  compute: (given) => durationMs(given) - given.recallDurationS * 1e3,
};

const publishedGain: Derivation = { formula: "5.45455", compute: () => (4 * 15) / 11 };

/** How each derived default follows from the other parameters. */
export const derivations: Readonly<Record<DerivedName, Derivation>> = {
  scalingStartMs: {
    formula: "800000 in training runs, bufferIntervalMs in deletion runs",
    compute: (given) => (given.protocol === "training" ? 800e3 : given.bufferIntervalMs),
  },
  plasticityStartMs: learningStart,
  plasticityEndMs: learningEnd,
  trainingStartMs: learningStart,
  trainingEndMs: learningEnd,
  deletionStepCells: {
    formula: "5 · sizeFactor, rounded up",
    // The original deletes until it has reached a step that need not be whole: hence up.
    compute: (given) => Math.ceil(roundToSixDigits(5 * given.sizeFactor)),
  },
  deletionIntervalMs: {
    formula: "bufferIntervalMs",
    compute: (given) => given.bufferIntervalMs,
  },
  samplingIntervalMs: {
    formula: "10000 in training runs, 100000 in deletion runs",
    compute: (given) => (given.protocol === "training" ? 10e3 : 100e3),
  },
  gainEE: publishedGain,
  gainIE: publishedGain,
  gainII: publishedGain,
  connectionFactor: { formula: "1 / sizeFactor", compute: (given) => 1 / given.sizeFactor },
  wiringLengthUm: { formula: "columnSideUm / 3", compute: (given) => given.columnSideUm / 3 },
};

const derivedNames = Object.keys(derivations) as DerivedName[];

/**
 * All parameters of a run: the overrides, exactly as given, and defaults for the rest.
 *
 * Defaults that are computed from other parameters are rounded to six significant digits, as the
 * original's are. The result is frozen. Throws InvalidParametersError with everything that is wrong.
 */
export function resolveParameters(overrides: ParameterOverrides = {}): Parameters {
  throwIfAny(overrideErrors(overrides));
  const values: Partial<Record<ParameterName, number | boolean | string | null>> = {};
  for (const name of parameterNames) {
    values[name] = overrides[name] ?? parameterDefinitions[name].default;
  }
  const given = values as Given;
  for (const name of derivedNames) {
    values[name] ??= roundToSixDigits(derivations[name].compute(given));
  }
  const parameters = Object.freeze(values) as Parameters;
  throwIfAny(consistencyErrors(parameters));
  return parameters;
}
