import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { layEntries } from "../../../src/experiment/definition.ts";
import { readExperiment } from "../../../src/experiment/file.ts";
import { resolveParameters } from "../../../src/model/derived-defaults.ts";
import { entryFromLine } from "../../../src/timeline/entry-line.ts";
import { listInterventions } from "../../../src/timeline/interventions/listing.ts";

describe("every kind of intervention", () => {
  const { parameters } = readExperiment("duration: 1500 s");
  const parameters2014 = resolveParameters({ model: "2014" });

  it.each(listInterventions())("$key says what it is and what its keys are", (kind) => {
    expect(kind.description).toMatch(/^[A-Z].*\.$/s);
    for (const key of kind.keys) {
      expect(key.description).toMatch(/^[A-Z].*\.$/s);
      expect(key.allowed).not.toBe("");
    }
  });

  it.each(listInterventions())(
    "$key has an example that can be carried out",
    ({ key, example, models }) => {
      const entry = entryFromLine(example);
      expect(Object.keys(entry)).toContain(key);
      const own = models.includes(2013) ? parameters : parameters2014;
      expect(layEntries(own, [], [entry])).toEqual([entry]);
    },
  );

  it("has the keys, units and defaults of its schema", () => {
    const deletion = listInterventions().find(({ key }) => key === "delete");
    expect(deletion?.keys.map(({ name, required }) => `${name} ${required}`)).toEqual([
      "cells true",
      "count false",
      "fraction false",
      "choose false",
      "seed false",
      "externalReduction false",
      "leave false",
    ]);
    expect(deletion?.keys[3]).toMatchObject({ default: "random" });
    expect(deletion?.keys[1]).toMatchObject({ minimum: 0, unit: "1" });
  });
});

it("the documentation says of every kind and key what it is", () => {
  const text = readFileSync(new URL("../../../docs/experiments.md", import.meta.url), "utf8");
  for (const { key, keys } of listInterventions()) {
    expect(text, key).toMatch(new RegExp(`^\\| \`${key}: `, "m"));
    for (const { name } of keys.filter((one) => one.name !== "")) {
      expect(text, `${key}.${name}`).toMatch(new RegExp(`\\b${name}\\b`));
    }
  }
});
