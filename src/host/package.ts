import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder of the installed package: the parent of src/ and of dist/. */
export const packageRoot = fileURLToPath(new URL("../..", import.meta.url));

const { name, version } = JSON.parse(
  readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
) as { readonly name: string; readonly version: string };

/** This program, as its runs name it. */
export const program = { name, version } as const;
