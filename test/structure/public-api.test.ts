import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicNames } from "./declarations.ts";

const project = new URL("../../", import.meta.url).pathname;

/** Fields share an example: an intervention's keys are made of several. */
const ofOneExample = /interventions\.fields\./;

const values = publicNames.filter(({ isValue }) => isValue);

describe("the public names", () => {
  it("are those that were agreed upon, with their declarations", async () => {
    const text = publicNames.map(({ name, declarations }) => `${name}\n${declarations.join("\n")}`);
    await expect(`${text.join("\n\n")}\n`).toMatchFileSnapshot("public-api.txt");
  });

  it("use no type that is exported nowhere", () => {
    const open = publicNames.filter(({ hidden }) => hidden.length > 0);
    expect(open.map(({ name, hidden }) => `${name}: ${hidden.join(", ")}`)).toEqual([]);
  });

  it("are documented, beginning with the noun that they are about", () => {
    const questions = /^(What|Whether|How|Who|Where|When|Which|Why|See|Everything)\b/;
    const verbs =
      /^(Adds|Carries|Checks|Collects|Continues|Does|Draws|Gives|Keeps|Lets|Makes|Opens|Reads|Receives|Returns|Simulates|Sums|Takes|Thrown|Told|Turns|Writes)\b/;
    const faulty = publicNames.filter(
      ({ doc }) => doc === "" || questions.test(doc) || verbs.test(doc),
    );
    expect(faulty.map(({ name, doc }) => `${name}: ${doc}`)).toEqual([]);
  });

  it("have an example, if they are values", () => {
    const bare = values.filter(
      ({ name, examples }) => !ofOneExample.test(name) && !examples.some((code) => code !== ""),
    );
    expect(bare.map(({ name }) => name)).toEqual([]);
  });
});

describe("the examples of public names", () => {
  const examples = publicNames.flatMap(({ name, examples: codes }) =>
    codes.map((code, k) => ({ file: `${name.replace(/\W+/g, "-")}-${k + 1}`, code })),
  );
  let home: string;

  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), "isocortex-examples-"));
    mkdirSync(join(home, "node_modules"));
    symlinkSync(project, join(home, "node_modules/isocortex"));
    symlinkSync(join(project, "node_modules/@types"), join(home, "node_modules/@types"));
    writeFileSync(join(home, "package.json"), '{ "type": "module" }');
    for (const { file, code } of examples) {
      writeFileSync(join(home, `${file}.ts`), `${code}\nexport {};\n`);
    }
    const runs = examples.map(({ file }) => `await import("./${file}.js");`);
    writeFileSync(join(home, "all.js"), runs.join("\n"));
  });

  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it("compile and run as they stand", () => {
    const compiler = join(project, "test/consumer/node_modules/typescript/bin/tsc");
    const files = examples.map(({ file }) => file);
    const strict = ["--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext"];
    const compiled = spawnSync(compiler, [...strict, ...files.map((file) => `${file}.ts`)], {
      cwd: home,
      encoding: "utf8",
    });
    expect(compiled.stdout).toBe("");
    execFileSync("node", ["all.js"], { cwd: home, stdio: "pipe" });
    expect(files.length).toBeGreaterThan(60);
  });
});
