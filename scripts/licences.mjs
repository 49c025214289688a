// Licences of the libraries that a bundle contains, as their packages state them.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Licences that a package.json has not, or not in full. */
const statements = {
  h5wasm: "NIST's notice (public domain), HDF5's licence (BSD-3-Clause)",
  "png-js": "MIT",
};

/** The licence of a package, given what its package.json states. */
export const licenceOf = (name, stated) => statements[name] ?? stated;

/** The folder of the package that a bundled file is of; undefined for our own. */
const folderOf = (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];

/** Files and how many of their bytes are in a bundle: of esbuild's outputs, or of Rolldown's. */
const partsOf = ({ metafile, output = [] }) => [
  ...Object.values(metafile?.outputs ?? {})
    .flatMap(({ inputs }) => Object.entries(inputs))
    .map(([path, { bytesInOutput }]) => [path, bytesInOutput]),
  ...output
    .flatMap(({ modules = {} }) => Object.entries(modules))
    .map(([path, { renderedLength }]) => [relative(".", path), renderedLength]),
];

/** Folders of the packages of which any of these bundles has code. */
export function bundledPackages(...bundles) {
  const used = bundles.flatMap(partsOf).filter(([, bytes]) => bytes > 0);
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
function packageIn(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return { name, version, license: licenceOf(name, license) };
}

/** The licences of bundled packages, to be shipped with the bundle. */
export const licenceTexts = (folders) =>
  folders
    .map((folder) => {
      const { name, version, license } = packageIn(folder);
      return `${name} ${version}: ${license}\n\n${textOf(folder)}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
