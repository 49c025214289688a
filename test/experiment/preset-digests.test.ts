import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { ParameterOverrides } from "../../src/model/parameters.ts";
import { presetDigest } from "./preset-digest.ts";

interface Digest extends ReturnType<typeof presetDigest> {
  readonly preset: string;
  readonly overrides: ParameterOverrides;
}

const path = new URL("../reference/preset-digests.json", import.meta.url);
const digests: readonly Digest[] = JSON.parse(readFileSync(path, "utf8"));

it.each(digests)(
  "$preset gives the bits of version 0.2.0",
  ({ preset, overrides, ...expected }) => {
    expect(presetDigest(preset, overrides)).toEqual(expected);
  },
);
