import { spawn } from "node:child_process";
import type { Command } from "commander";
import { helpExamples } from "./help-examples.ts";
import { wholeNumber } from "./option-values.ts";

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
        "back and take another future. Every change is an intervention of an experiment, which can " +
        "be taken away. The page is served on 127.0.0.1 alone, until Ctrl-C.",
    )
    .option(
      "--port <n>",
      `port (default: ${USUAL_PORT}, or any that is free)`,
      wholeNumber(0, 65_535),
    )
    .option("--no-open", "only print the address")
    .addHelpText(
      "after",
      helpExamples([
        ["isocortex view", "open the page"],
        ["isocortex view --no-open --port 9000", "serve it at http://127.0.0.1:9000/"],
      ]),
    )
    .action(view);
}

async function view({ port, open }: ViewOptions): Promise<void> {
  const { pageFiles } = await import("../server/page-files.ts");
  const { PortInUseError, servePage } = await import("../server/http.ts");
  const files = pageFiles();
  const server = await servePage(files, port ?? USUAL_PORT).catch((error: unknown) => {
    if (port !== undefined || !(error instanceof PortInUseError)) throw error;
    return servePage(files, 0);
  });
  console.log(`The column is at ${server.address}  (Ctrl-C ends it)`);
  const isRemote = process.env["SSH_CONNECTION"] !== undefined;
  if (isRemote) {
    const { port: own } = server;
    console.log(
      `From your own computer: ssh -L ${own}:127.0.0.1:${own} this-host, then open it there.`,
    );
  } else if (open) openInBrowser(server.address);
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await server.close();
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
