import { expect, it } from "vitest";
import { isSealed, sealedJson, sealedLine, unsealed } from "../../src/encoding/sealed-json.ts";

const entries = {
  first: 1,
  inner: { status: "inside", list: ['\n  "status": "faked",'] },
  'odd "name"\n  "status': "faked",
  status: "complete",
  last: { deep: true },
};

it("a line of a sealed text is that of the object's own entry, whatever stands in others", () => {
  const text = sealedJson(entries);
  expect(isSealed(text)).toBe(true);
  expect(unsealed(text)).toEqual(entries);
  expect(sealedLine(text, "status")).toBe('"complete"');
  expect(sealedLine(text, "first")).toBe("1");
  expect(sealedLine(text, "last")).toBe("{");
  expect(sealedLine(text, "list")).toBeUndefined();
  expect(sealedLine(text, "deep")).toBeUndefined();
});

it("a text with any character changed is not sealed", () => {
  const text = sealedJson(entries);
  for (let at = 0; at < text.length; at++) {
    const other = text[at] === "x" ? "y" : "x";
    expect(isSealed(text.slice(0, at) + other + text.slice(at + 1)), `at ${at}`).toBe(false);
  }
});
