/** Something that is wrong in a file. */
export interface DocumentProblem {
  /** Counted from 1. */
  readonly line: number;
  /** Position in the file's structure, such as "vary.scalingBeta[2]"; empty for all of it. */
  readonly key: string;
  readonly message: string;
}

/** Everything that is wrong with a file; the message has a line for each problem. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
  readonly file: string;
  readonly problems: readonly DocumentProblem[];

  constructor(file: string, problems: readonly DocumentProblem[]) {
    const lines = problems.map(({ line, key, message }) =>
      [`${file}:${line}`, key, message].filter((part) => part !== "").join(": "),
    );
    super(lines.join("\n"));
    this.file = file;
    this.problems = problems;
  }
}
