import type { Command } from "commander";
import { collect } from "./option-values.ts";

/** An option of all commands that can do more than a file or preset says. */
export const addEntryOption = (command: Command): Command =>
  command.option(
    "--add <entry>",
    'an intervention besides, such as "at 100 s: scaling on" (isocortex list interventions); may be repeated',
    collect,
  );
