import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Chromium, where it is installed or `CHROMIUM` says it is. Where there is none, tests in a browser
 * are skipped; CI installs it, and there they fail.
 */
export function findChromium(): string | undefined {
  const given = process.env["CHROMIUM"];
  const found = given ?? names.find((name) => spawnSync("which", [name]).status === 0);
  return found ?? (process.env["CI"] ? "chromium" : undefined);
}

/** No window, and no connection to anything but the page's own server. */
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A page in a browser that has run a script. */
export interface ScriptedPage {
  readonly page: Page;
  /** Errors that nothing in the page has caught. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** Bundles a script for browsers, serves it on this computer, and opens a page that runs it. */
export async function openPage(executable: string, script: string): Promise<ScriptedPage> {
  const { outputFiles } = await build({
    entryPoints: [script],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "error",
  });
  const server = createServer(({ url }, response) => {
    const isScript = url === "/script.js";
    response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
    response.end(
      isScript
        ? outputFiles[0]!.text
        : '<!doctype html><title>isocortex</title><script type="module" src="/script.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launch(executable).catch((error: unknown) => {
    server.close();
    throw error;
  });
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    errors,
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

export function launch(executable: string): Promise<Browser> {
  const { status, stdout } = spawnSync("which", [executable], { encoding: "utf8" });
  if (status !== 0)
    throw new Error(`There is no ${executable}: install Chromium, or set CHROMIUM.`);
  return chromium.launch({ executablePath: stdout.trim(), args: flags });
}
