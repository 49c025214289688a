/** The examples at the end of a command's help: each a command line and what it does. */
export function helpExamples(examples: readonly (readonly [string, string])[]): string {
  const lines = examples.map(([line, effect]) => `  ${line}\n      ${effect}`);
  return `\nExamples:\n${lines.join("\n")}`;
}
