import { expect, it } from "vitest";
import { textTable, wrapText } from "../../src/terminal/text-table.ts";

it("lines columns up, and ends no line in spaces", () => {
  const columns = [
    { heading: "name" },
    { heading: "n", align: "right" as const },
    { heading: "what" },
  ];
  const rows = [
    ["a", "12345", "long text"],
    ["abcdef", "1", ""],
  ];
  expect(textTable(columns, rows)).toBe(
    "name        n  what\na       12345  long text\nabcdef      1\n",
  );
});

it("sets off the headings alone", () => {
  expect(textTable([{ heading: "a" }], [["b"]], (text) => `<${text}>`)).toBe("<a>\nb\n");
});

it("wraps text at spaces, with the indent within the width", () => {
  expect(wrapText("one two three", 9, "  ")).toBe("  one two\n  three\n");
});

it("keeps words that are longer than a line", () => {
  expect(wrapText("a incomprehensible b", 6)).toBe("a\nincomprehensible\nb\n");
});
