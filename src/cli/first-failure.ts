import { exitCodes } from "./failure.ts";

let code: Promise<number> | undefined;

/**
 * Exit code of the first failure, once why is printed, by code that is only loaded then: when
 * standard output fails, the command that writes there does, too.
 */
export function failureCode(error: unknown): Promise<number> {
  code ??= import("./failure-report.ts").then(({ reportFailure }) => reportFailure(error));
  return code;
}

/** Ends the process when standard output fails, as its reader is gone or its disk is full. */
export function heedOutput(): void {
  // A reader that has seen enough, as in `isocortex list | head`, is no error.
  process.stdout.on("error", async (error: NodeJS.ErrnoException) => {
    process.exit(error.code === "EPIPE" ? exitCodes.done : await failureCode(error));
  });
  // Nor must a run end because nobody reads how it is going.
  process.stderr.on("error", () => {});
}
