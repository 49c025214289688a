import { existsSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { packageRoot } from "../host/package.ts";

/** The page's files are not there. */
export class MissingPageError extends Error {
  override readonly name = "MissingPageError";
}

/** Folder of the built page, in a clone and in the package. */
const pageFolder = join(packageRoot, "dist", "page");

/**
 * Paths of the page's files by the addresses at which they are served: there are no others.
 *
 * @throws {MissingPageError} when it has not been built
 */
export function pageFiles(folder = pageFolder): ReadonlyMap<string, string> {
  if (!existsSync(join(folder, "index.html"))) {
    throw new MissingPageError(`The page is not in ${folder}. Build it: npm run build:page`);
  }
  const found = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name));
  const addresses = paths.map((path) => `/${relative(folder, path).split(sep).join("/")}`);
  const served = new Map(addresses.map((address, k) => [address, paths[k]!]));
  return served.set("/", served.get("/index.html")!);
}
