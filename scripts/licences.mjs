// Licences of the libraries that a bundle contains, as their packages state them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of the package that a bundled file is of; undefined for our own. */
const folderOf = (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];

/** Folders of the packages of which a bundle has any code. */
export function bundledPackages({ outputs }) {
  const parts = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const used = parts.filter(([, { bytesInOutput }]) => bytesInOutput > 0);
  const folders = used.flatMap(([path]) => folderOf(path) ?? []);
  return [...new Set(folders)].sort();
}

/** Licence files of a package, joined; empty if it has none. */
const textOf = (folder) =>
  readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8").trim())
    .join("\n\n");

/** Name, version and licence of an installed package. */
export function packageIn(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return { name, version, license };
}

/** The licences of bundled packages, to be shipped with the bundle. */
export const licenceTexts = (folders) =>
  folders
    .map((folder) => {
      const { name, version, license } = packageIn(folder);
      return `${name} ${version}: ${license}\n\n${textOf(folder)}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
