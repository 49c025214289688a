import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { Command } from "commander";
import { wholeNumber } from "./arguments/option-values.ts";
import { helpExamples } from "./help-examples.ts";

interface ViewOptions {
  readonly port?: number;
  readonly open: boolean;
}

/** Default port of the page, fixed so that links to it stay valid. */
const USUAL_PORT = 8470;

export function defineCommand(command: Command): void {
  command
    .description(
      "Opens a page in the browser in which a column runs live: let it learn, turn scaling on, go " +
        "back and take another future. With a directory, the page shows its recorded runs, from " +
        "days to milliseconds, and continues them live from any moment. The page is served on " +
        "127.0.0.1 alone, until Ctrl-C; nothing in the directory is changed.",
    )
    .argument("[dir]", "a run, a branch, a sweep, replicates, or a directory of runs")
    .option(
      "--port <n>",
      `port (default: ${USUAL_PORT}, or any that is free)`,
      wholeNumber(0, 65_535),
    )
    .option("--no-open", "only print the address")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex view", "open the page with a live column"],
        ["isocortex view runs/training", "a recorded run, or one that is being recorded"],
        ["isocortex view runs", "choose one of all runs in a directory, a sweep or replicates"],
        ["isocortex view --no-open --port 9000", "serve it at http://127.0.0.1:9000/"],
      ]),
    )
    .action(view);
}

async function view(directory: string | undefined, { port, open }: ViewOptions): Promise<void> {
  const { PortInUseError, servePage } = await import("../server/http.ts");
  const { pageFiles } = await import("../server/page-files.ts");
  const files = pageFiles();
  const runs = directory === undefined ? undefined : await runSite(directory, files);
  const site = runs?.site ?? files;
  const server = await servePage(site, port ?? USUAL_PORT).catch((error: unknown) => {
    if (port !== undefined || !(error instanceof PortInUseError)) throw error;
    return servePage(site, 0);
  });
  const address = `${server.address}${runs?.path ?? ""}`;
  console.log(`${runs?.what ?? "The column is"} at ${address}  (Ctrl-C ends it)`);
  const isRemote = process.env["SSH_CONNECTION"] !== undefined;
  if (isRemote) {
    const { port: own } = server;
    console.log(
      `From your own computer: ssh -L ${own}:127.0.0.1:${own} this-host, then open it there.`,
    );
  } else if (open) openInBrowser(address);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  runs?.close();
  await server.close();
}

/** The page with the recorded runs of a directory, at a path that nobody guesses. */
async function runSite(directory: string, files: ReadonlyMap<string, string>) {
  const { fileSite, siteBehind } = await import("../server/http.ts");
  const { RunSite } = await import("../viewing/site.ts");
  const runs = new RunSite(directory);
  const page = fileSite(new Map([...files, ["/", files.get("/runs.html")!]]));
  const token = randomBytes(16).toString("base64url");
  const count = runs.catalogue.list().length;
  return {
    site: siteBehind(token, (address) => page(address) ?? runs.answer(address)),
    path: `${token}/`,
    what: count === 1 ? `${directory} is` : `${count} runs of ${directory} are`,
    close: () => runs.close(),
  };
}

/** Opens an address in the user's browser; where there is none, the address is printed anyway. */
function openInBrowser(address: string): void {
  const [command, ...words] =
    process.platform === "darwin"
      ? ["open", address]
      : process.platform === "win32"
        ? ["cmd", "/c", "start", "", address]
        : ["xdg-open", address];
  const child = spawn(command!, words, { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}
