import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { parseHTML } from "linkedom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launch } from "../browser/chromium.ts";

const project = new URL("../../", import.meta.url).pathname;
const chromium = findChromium();
let site: string;

/** Links, pictures, styles and scripts of a page, and the anchors to which others can lead. */
interface SitePage {
  readonly targets: readonly string[];
  readonly anchors: ReadonlySet<string>;
  readonly duplicates: readonly string[];
}
const pages = new Map<string, SitePage>();

function readPage(path: string): SitePage {
  const { document } = parseHTML(readFileSync(join(site, path), "utf8"));
  const targets = [...document.querySelectorAll("[href], [src]")].map(
    (element) => element.getAttribute("href") ?? element.getAttribute("src")!,
  );
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return {
    targets,
    anchors: new Set(ids),
    duplicates: ids.filter((id, k) => ids.indexOf(id) !== k),
  };
}

beforeAll(() => {
  site = mkdtempSync(join(tmpdir(), "isocortex-site-"));
  execFileSync("node", [join(project, "scripts/site/build.mjs"), site], { stdio: "pipe" });
  for (const name of readdirSync(site, { recursive: true, encoding: "utf8" })) {
    if (name.endsWith(".html")) pages.set(name, readPage(name));
  }
});

afterAll(() => rmSync(site, { recursive: true, force: true }));

/** What is wrong with a link of a page, if anything. */
function faultOf(path: string, target: string): string | undefined {
  if (/^(https?|mailto):/.test(target)) return undefined;
  if (/^(\/|[a-z]+:)/.test(target)) return `${path}: ${target} holds below one path only`;
  const [address = "", anchor] = target.split("#");
  const file = address === "" ? path : normalize(join(dirname(path), decodeURI(address)));
  if (!existsSync(join(site, file)) || statSync(join(site, file)).isDirectory()) {
    return `${path}: there is no ${file}`;
  }
  const isMissing = anchor && pages.has(file) && !pages.get(file)!.anchors.has(anchor);
  return isMissing ? `${path}: ${file} has no #${anchor}` : undefined;
}

describe("the site", () => {
  it("has every page of the documentation, the examples and the live column", () => {
    const documents = readdirSync(join(project, "docs"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".md"))
      .map((name) =>
        join("docs", name)
          .replace(/README\.md$/, "index.md")
          .replace(/md$/, "html"),
      );
    const others = [
      "index.html",
      "page/index.html",
      "examples/experiments/focal-lesion.yaml.html",
      "examples/python/analysis.ipynb.html",
    ];
    expect([...documents, ...others].filter((path) => !pages.has(path))).toEqual([]);
  });

  it("has links that lead somewhere, to anchors that exist, below any path", () => {
    const faults = [...pages].flatMap(([path, { targets }]) =>
      targets.flatMap((target) => faultOf(path, target) ?? []),
    );
    expect(faults).toEqual([]);
    expect([...pages.values()].flatMap(({ targets }) => targets).length).toBeGreaterThan(5000);
  });

  it("loads nothing from elsewhere", () => {
    const loads = /@import|<(?:img|script|link|iframe)[^>]+(?:src|href)="(?:https?:)?\/\//;
    const found = [...pages.keys()].filter((path) =>
      loads.test(readFileSync(join(site, path), "utf8")),
    );
    expect(found).toEqual([]);
  });

  it("has no two anchors of one name on a page", () => {
    const found = [...pages].flatMap(([path, { duplicates }]) =>
      duplicates.map((id) => `${path}#${id}`),
    );
    expect(found).toEqual([]);
  });

  it.skipIf(!chromium)("opens from a disk, finds words and changes its colours", async () => {
    const browser = await launch(chromium!);
    const page = await browser.newPage({ colorScheme: "light" });
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("requestfailed", (request) => errors.push(request.url()));
    await page.goto(pathToFileURL(join(site, "docs/model.html")).href);
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    await page.getByRole("button", { name: "Dark or light" }).click();
    expect(await background()).not.toBe(light);

    await page.getByLabel("Search the documentation").fill("magnesium block");
    await page.locator("#search-results a").first().click();
    await page.waitForURL(/docs\/model\.html#/);
    await page.getByLabel("Search the documentation").fill("depolarisation blok");
    await page
      .locator("#search-results")
      .getByText(/depolarization block/i)
      .first()
      .waitFor();
    expect(errors).toEqual([]);
    await browser.close();
  });
});
