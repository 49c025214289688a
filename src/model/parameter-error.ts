interface Problem {
  /** The parameter's name as the user wrote it. */
  readonly parameter: string;
  /** Given value, as text. */
  readonly given: string;
  /** Accepted values, in words. */
  readonly allowed: string;
  /** The known name that is near, where the given one is unknown. */
  readonly nearest?: string | undefined;
}

/** One unknown parameter, or one value that its parameter does not allow. */
export class ParameterError extends Error {
  override readonly name = "ParameterError";
  readonly parameter: string;
  readonly given: string;
  readonly allowed: string;
  readonly nearest: string | undefined;

  constructor(message: string, problem: Problem) {
    super(message);
    this.parameter = problem.parameter;
    this.given = problem.given;
    this.allowed = problem.allowed;
    this.nearest = problem.nearest;
  }
}

/** Everything that is wrong with one set of parameters; the message has a line for each error. */
export class InvalidParametersError extends Error {
  override readonly name = "InvalidParametersError";
  readonly errors: readonly ParameterError[];

  constructor(errors: readonly ParameterError[]) {
    super(errors.map(({ message }) => message).join("\n"));
    this.errors = errors;
  }
}

/** Throws all errors together, or does nothing if there are none. */
export function throwIfAny(errors: readonly ParameterError[]): void {
  if (errors.length > 0) throw new InvalidParametersError(errors);
}
