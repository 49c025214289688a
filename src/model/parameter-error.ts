interface Problem {
  /** The parameter's name as the user wrote it. */
  readonly parameter: string;
  /** Given value, as text. */
  readonly given: string;
  /** Accepted values, in words. */
  readonly allowed: string;
  /** The most similar known name, if the given one is unknown. */
  readonly nearest?: string | undefined;
}

/**
 * An unknown parameter, or a value that a parameter does not allow.
 *
 * @example
 * ```ts
 * import { InvalidParametersError, type ParameterError, parseOriginalOverrides } from "isocortex";
 *
 * const show = ({ parameter, nearest }: ParameterError) => console.log(parameter, "→", nearest);
 * try {
 *   parseOriginalOverrides("{activitybetta=1e-7}");
 * } catch (error) {
 *   if (error instanceof InvalidParametersError) error.errors.forEach(show);
 * }
 * ```
 */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
  readonly parameter: string;
  readonly given: string;
  readonly allowed: string;
  readonly nearest: string | undefined;

  /** @internal */
  constructor(message: string, problem: Problem) {
    super(message);
    this.parameter = problem.parameter;
    this.given = problem.given;
    this.allowed = problem.allowed;
    this.nearest = problem.nearest;
  }
}

/**
 * All errors in a set of parameters; the message has a line for each.
 *
 * @example
 * ```ts
 * import { InvalidParametersError, resolveParameters } from "isocortex";
 *
 * try {
 *   resolveParameters({ sizeFactor: -1, externalGain: Number.NaN });
 * } catch (error) {
 *   if (!(error instanceof InvalidParametersError)) throw error;
 *   for (const { parameter, given, allowed } of error.errors) console.log(parameter, given, allowed);
 * }
 * ```
 */
export class InvalidParametersError extends Error {
  override readonly name = "InvalidParametersError";
  readonly errors: readonly ParameterError[];

  /** @internal */
  constructor(errors: readonly ParameterError[]) {
    super(errors.map(({ message }) => message).join("\n"));
    this.errors = errors;
  }
}

/** Throws all errors together, or does nothing if there are none. */
export function throwIfAny(errors: readonly ParameterError[]): void {
  if (errors.length > 0) throw new InvalidParametersError(errors);
}
