import type { Command } from "commander";
import { UsageError } from "../failure.ts";

/** Pattern of paths in the usage of arguments and options. */
const pathPattern = /\b(?:dir|file|path)\b/;

/**
 * Checks all paths that a command is given: an empty one, as of a variable that is not set, would
 * mean the working directory.
 *
 * @throws {UsageError} when one is empty
 */
export function checkGivenPaths(command: Command): void {
  const given = [
    ...command.registeredArguments.map((argument, k) => {
      return { name: `<${argument.name()}>`, value: command.processedArgs[k] };
    }),
    ...command.options.map((option) => {
      return { name: option.flags, value: command.getOptionValue(option.attributeName()) };
    }),
  ];
  for (const { name, value } of given) {
    if (!pathPattern.test(name) || ![value].flat().includes("")) continue;
    throw new UsageError(`${name} is empty: expected a path.`);
  }
}

/** Numbers of a command's arguments that are zip archives, as the page's Download run makes them. */
export const givenArchives = ({ registeredArguments, processedArgs }: Command): number[] =>
  registeredArguments.flatMap((argument, k) =>
    /\bdir\b/.test(argument.name()) && /\.zip(@|$)/i.test(String(processedArgs[k])) ? [k] : [],
  );
