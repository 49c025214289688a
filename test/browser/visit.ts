import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { servePage } from "../../src/server/http.ts";
import { pageFiles } from "../../src/server/page-files.ts";
import { type Heard, listenIn } from "./recorded-messages.ts";

/** A page that is served until the end of the tests. */
export interface Site {
  readonly address: string;
  close(): Promise<void>;
}

function builtPage(): string {
  const folder = mkdtempSync(join(tmpdir(), "isocortex-page-"));
  execFileSync("node", ["scripts/build-page.mjs", folder]);
  return folder;
}

/** The page, built anew, by the server of `isocortex view`. */
export async function servedPage(): Promise<Site> {
  const folder = builtPage();
  const server = await servePage(pageFiles(folder), 0);
  return {
    address: server.address,
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/** The page, built anew, below a path of a host that sends no headers but the type of a file. */
export async function hostedPage(path = "/any/where/"): Promise<Site> {
  const folder = builtPage();
  const files = pageFiles(folder);
  const server = createServer(({ url = "" }, response) => {
    const [address] = url.split("?");
    const file = address!.startsWith(path) && files.get(`/${address!.slice(path.length)}`);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A page as a visitor has it, with what went wrong and what was asked for. */
export class Visit {
  readonly errors: string[] = [];
  readonly requests: string[] = [];
  readonly page: Page;

  private constructor(page: Page) {
    this.page = page;
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.errors.push(message.text());
    });
    page.on("request", (request) => this.requests.push(request.url()));
  }

  static async to(context: BrowserContext, address: string): Promise<Visit> {
    const visit = new Visit(await context.newPage());
    await visit.page.addInitScript(listenIn);
    await visit.page.goto(address);
    return visit;
  }

  button(name: string | RegExp) {
    return this.page.getByRole("button", { name, exact: typeof name === "string" });
  }

  /** Waits until the first cells have fired. */
  async fired(): Promise<void> {
    await this.page.waitForFunction(
      () => (globalThis as unknown as { heard: Heard }).heard.spikes.length > 0,
    );
  }

  heard(): Promise<Heard> {
    return this.page.evaluate(() => (globalThis as unknown as { heard: Heard }).heard);
  }

  /** Waits until a button says something: until the column has taken in what was asked of it. */
  async pressed(name: string | RegExp): Promise<void> {
    await this.button(name).and(this.page.locator('[aria-pressed="true"]')).waitFor();
  }

  /** Lets the column play until some spikes more have come in, and stops it. */
  async playSome(spikes: number): Promise<void> {
    const before = (await this.heard()).spikes.length / 2;
    await this.page.getByRole("button", { name: "Play", exact: true }).click();
    await this.page.waitForFunction(
      (least) => (globalThis as unknown as { heard: Heard }).heard.spikes.length / 2 >= least,
      before + spikes,
    );
    await this.page.getByRole("button", { name: "Pause", exact: true }).click();
    await this.settled();
  }

  /** Waits until the worker has answered all that was asked of it. */
  async settled(): Promise<void> {
    await this.open("Take it away");
    await this.saved("Experiment file");
  }

  /** A group of controls, unfolded. */
  async open(name: string) {
    const text = this.page.getByText(name, { exact: true });
    const panel = this.page.locator("details", { has: text });
    if ((await panel.getAttribute("open")) === null) await panel.locator("summary").click();
    return panel;
  }

  /** The bytes of a file that a button saves. */
  async saved(button: string): Promise<Buffer> {
    const [download] = await Promise.all([
      this.page.waitForEvent("download"),
      this.button(button).click(),
    ]);
    return readFileSync(await download.path());
  }
}

export const spikesOf = ({ spikes }: Heard) =>
  Array.from({ length: spikes.length / 2 }, (_, k) => [spikes[2 * k], spikes[2 * k + 1]]);
