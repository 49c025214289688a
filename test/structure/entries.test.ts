import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const project = new URL("../../", import.meta.url).pathname;

const namedIn = (text: string) =>
  Array.from(text.matchAll(/"(?:\.\/)?(dist\/[\w/.-]+\.js)"/g), ([, path]) => path!);

it("every file of dist that the sources or the package name is built", () => {
  const files = readdirSync(join(project, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join("src", name));
  const named = ["package.json", ...files].flatMap((path) =>
    namedIn(readFileSync(join(project, path), "utf8")),
  );
  expect(named).toContain("dist/cli/main.js");
  expect(named.filter((path) => !existsSync(join(project, path)))).toEqual([]);
});
