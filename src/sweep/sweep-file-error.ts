/** Something that is wrong in a sweep's file. */
export interface SweepFileProblem {
  /** Counted from 1. */
  readonly line: number;
  /** Where in the file's structure, such as "vary.scalingBeta[2]"; empty for all of it. */
  readonly key: string;
  readonly message: string;
}

/** Everything that is wrong with a sweep's file; the message has a line for each problem. */
export class SweepFileError extends Error {
  override readonly name = "SweepFileError";
  readonly file: string;
  readonly problems: readonly SweepFileProblem[];

  constructor(file: string, problems: readonly SweepFileProblem[]) {
    const lines = problems.map(({ line, key, message }) =>
      [`${file}:${line}`, key, message].filter((part) => part !== "").join(": "),
    );
    super(lines.join("\n"));
    this.file = file;
    this.problems = problems;
  }
}
