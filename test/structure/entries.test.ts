import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const project = new URL("../../", import.meta.url).pathname;

const namedIn = (text: string) =>
  Array.from(text.matchAll(/"(?:\.\/)?(dist\/[\w/.-]+\.js)"/g), ([, path]) => path!);

const files = readdirSync(join(project, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => join("src", name));

it("every file of dist that the sources or the package name is built", () => {
  const named = ["package.json", ...files].flatMap((path) =>
    namedIn(readFileSync(join(project, path), "utf8")),
  );
  expect(named).toContain("dist/cli/main.js");
  expect(named.filter((path) => !existsSync(join(project, path)))).toEqual([]);
});

// The bundler leaves out a module of which nothing is used, unless the package says that it acts.
it("every module that is imported only to act is named in the package", () => {
  const { sideEffects } = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
  const acting = files.flatMap((path) => {
    const text = readFileSync(join(project, path), "utf8");
    const imports = text.matchAll(/^ *(?:await )?import\(?"(\.[^"]+)"\)?;$/gm);
    return Array.from(imports, ([, target]) => join(dirname(path), target!));
  });
  expect(acting).toContain("src/executors/workers/answers.ts");
  expect(acting.filter((path) => !sideEffects.includes(`./${path}`))).toEqual([]);
});
