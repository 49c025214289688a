import { Argument, type Command } from "commander";
import { palette, printJson } from "../terminal/streams.ts";
import { helpExamples } from "./help-examples.ts";
import type { Topic } from "./listing.ts";

const topics: readonly Topic[] = ["experiments", "interventions", "figures", "parameters"];

export function defineCommand(command: Command): void {
  command
    .description("Lists experiments, interventions, figures and parameters, or one of these.")
    .addArgument(new Argument("[what]", "which list").choices(topics))
    .option("--json", "print as JSON")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex list experiments", "experiments that can be run"],
        ["isocortex list interventions", "kinds of intervention, with their keys"],
        ["isocortex list parameters | grep -i scaling", "parameters (one per line in a pipe)"],
      ]),
    )
    .action(list);
}

async function list(topic: Topic | undefined, { json }: { json?: boolean }): Promise<void> {
  const { contents, texts } = await import("./listing.ts");
  if (json) {
    const found = topic
      ? contents[topic]()
      : Object.fromEntries(topics.map((one) => [one, contents[one]()]));
    printJson(found);
    return;
  }
  const paint = palette(process.stdout);
  if (topic) {
    process.stdout.write(texts[topic](paint));
    return;
  }
  const sections = topics.map((one) => `${paint.bold(one.toUpperCase())}\n\n${texts[one](paint)}`);
  process.stdout.write(sections.join("\n"));
}
