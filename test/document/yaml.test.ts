import { describe, expect, it } from "vitest";
import { DocumentError } from "../../src/document/error.ts";
import { YamlDocument } from "../../src/document/yaml.ts";

/** What a file's text is read as. */
const read = (text: string): unknown => new YamlDocument(text, "f.yaml").value;

/** The lines of the error that a file gives. */
function problemsOf(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(DocumentError);
    return (error as DocumentError).message.split("\n");
  }
  return [];
}

describe("a YAML document", () => {
  it("may have a byte order mark, any ends of lines, blocks of text and aliases", () => {
    expect(read("\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\nc: &c [1, 2]\r\nd: *c\r\n")).toEqual({
      a: 1,
      b: "x\ny\n",
      c: [1, 2],
      d: [1, 2],
    });
  });

  it.each([
    [
      "several documents",
      "a: 1\n---\nb: 2\n",
      "f.yaml:2: a second document begins here (---). Expected one document per file.",
    ],
    ["a key twice", "a: 1\nb: 1\na: 2\n", "f.yaml:3: this key is given twice."],
    ["an alias of nothing", "a: 1\nb: *x\n", "f.yaml:2: there is no anchor &x for this alias."],
    ["an alias within itself", "a: &a\n  - 1\n  - *a\n", "f.yaml:3: *a would contain itself."],
    ["unknown tags", "a: 1\nb: !foo 1\n", "f.yaml:2: Unresolved tag: !foo: expected no tag."],
    [
      "code",
      "a: !!js/function 'x'",
      "f.yaml:1: Unresolved tag: tag:yaml.org,2002:js/function: expected no tag.",
    ],
    ["binary data", "a: !!binary gICA", "f.yaml:1: tag:yaml.org,2002:binary: expected no tag."],
    ["sets", "a:\n  !!set {x, y}", "f.yaml:2: tag:yaml.org,2002:set: expected no tag."],
    ["keys that are lists", "a: 1\n? [1, 2]\n: 3\n", "f.yaml:2: expected a string as key."],
    ["the prototype", "a: 1\n__proto__: { b: 1 }\n", 'f.yaml:2: unknown key "__proto__".'],
    [
      "the prototype, deeper",
      "a:\n  b: [{ __proto__: 1 }]\n",
      'f.yaml:2: unknown key "__proto__".',
    ],
    [
      "control characters",
      "a: 1\n\0b: 1\n",
      "f.yaml:2: this is not text: it contains the control character U+0000.",
    ],
    [
      "escaped control characters",
      'a: 1\nb: "x\\e[31m"\n',
      "f.yaml:2: this string contains the control character U+001B.",
    ],
    ["depth", `a: 1\nb: ${"[".repeat(20_000)}`, "f.yaml:2: it is nested too deeply."],
  ])("says of %s in which line they are", (_, text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });

  it("is not filled by aliases of aliases", () => {
    const lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]"];
    for (let k = 1; k <= 9; k++)
      lines.push(
        `a${k}: &a${k} [${Array(9)
          .fill(`*a${k - 1}`)
          .join(", ")}]`,
      );
    expect(problemsOf(lines.join("\n"))).toEqual([
      "f.yaml:1: its aliases expand to too many values. Write them out.",
    ]);
  });
});
