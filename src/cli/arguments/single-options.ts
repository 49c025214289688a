import type { Command, Option } from "commander";

/**
 * Refuses options with a value that are given twice, in a command and all below it, unless they
 * gather their values: of two seeds or directories, one would be passed over in silence.
 */
export function refuseRepetition(command: Command): void {
  for (const option of command.options) if (takesOneValue(option)) refuseTwice(command, option);
  for (const below of command.commands) refuseRepetition(below);
}

/** Readers that gather values are given those before. */
const takesOneValue = (option: Option): boolean =>
  (option.required || option.optional) && !option.variadic && (option.parseArg?.length ?? 0) < 2;

function refuseTwice(command: Command, option: Option): void {
  let earlier: string | undefined;
  command.on(`option:${option.name()}`, (value: string) => {
    if (earlier !== undefined) {
      command.error(
        `error: option '${option.flags}' is given twice: ${earlier} and ${value}. Expected one of them.`,
      );
    }
    earlier = value;
  });
}
