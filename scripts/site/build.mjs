// Builds the site into site/, or into the folder that is named: the documentation, the examples,
// the sources that these link to, and the page with the live column. All links are relative, so
// that the folder can be put below any path, or opened from a disk (the live column needs a server).
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import Eleventy from "@11ty/eleventy";
import { build } from "esbuild";
import { bundledPackages, licenceTexts } from "../licences.mjs";
import { markdownFor } from "./markdown.mjs";
import { navigation, outputOf, sitePages } from "./pages.mjs";
import { sectionsOf } from "./sections.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
process.chdir(join(here, "../.."));
const target = resolve(process.argv[2] ?? "site");
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const pages = sitePages();
const markdown = markdownFor(pages);
const groups = navigation(pages, markdown);

/** The way from a page to the top of the site. */
const rootOf = (output) => "../".repeat(output.split("/").length - 1);

const eleventy = new Eleventy("scripts/site", target, {
  quietMode: true,
  configPath: null,
  config(site) {
    site.setLibrary("md", markdown);
    site.setTemplateFormats("md");
    for (const [path, { text, title }] of pages) {
      const output = outputOf(path, pages);
      // Eleventy names what it reads, and the renderer finds links relative to it.
      site.addTemplate(`${path}.page.md`, text, {
        layout: "page.njk",
        // Markdown alone: braces mean nothing.
        templateEngineOverride: "md",
        permalink: output,
        path,
        title,
        groups,
        output,
        root: rootOf(output),
        hasMath: /```math|\$[^$\n]+\$/.test(text),
      });
    }
  },
});
await eleventy.write();

// Figures keep their places, so that links to them hold.
cpSync("docs/figures", join(target, "docs/figures"), { recursive: true });
copyFileSync("src/web/page/icon.svg", join(target, "icon.svg"));
const formulas = fileURLToPath(new URL(".", import.meta.resolve("katex/dist/katex.min.css")));
mkdirSync(join(target, "katex/fonts"), { recursive: true });
copyFileSync(join(formulas, "katex.min.css"), join(target, "katex/katex.min.css"));
for (const font of readdirSync(join(formulas, "fonts")).filter((name) => name.endsWith("woff2"))) {
  copyFileSync(join(formulas, "fonts", font), join(target, "katex/fonts", font));
}

// Scripts, not modules and data: browsers load neither of these from a disk.
const bundle = await build({
  metafile: true,
  entryPoints: { site: join(here, "client.mjs"), style: join(here, "style.css") },
  outdir: target,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "linked",
  logLevel: "warning",
});
const licences = licenceTexts([...bundledPackages(bundle), "node_modules/katex"]);
writeFileSync(join(target, "LICENSES-of-bundled-libraries.txt"), licences);
const sections = sectionsOf(pages, markdown);
writeFileSync(join(target, "search-index.js"), `searchSections = ${JSON.stringify(sections)};\n`);
execFileSync("node", ["scripts/build-page.mjs", join(target, "page")]);
console.log(`${pages.size} pages in ${target}`);
