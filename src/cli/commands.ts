import type { Command } from "commander";

/** A module that holds a command. */
interface CommandModule {
  /** Gives a command its description, arguments, options and action. */
  readonly defineCommand: (command: Command) => void | Promise<void>;
}

/** Commands by name: what each does, and where it is. */
export type Commands = Readonly<
  Record<string, readonly [summary: string, load: () => Promise<CommandModule>]>
>;

/**
 * Adds commands to the one above them. Only those that the command line names are loaded: each has
 * its own needs, and most need much.
 */
export async function addCommands(above: Command, commands: Commands): Promise<void> {
  for (const [name, [summary, load]] of Object.entries(commands)) {
    const command = above.command(name).summary(summary);
    if (process.argv.includes(name)) await (await load()).defineCommand(command);
  }
}
