import {
  type Alias,
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type Scalar,
  visit,
  type YAMLError,
} from "yaml";
import { controlCharacterIn } from "./control-characters.ts";
import { DocumentError, type DocumentProblem } from "./error.ts";

/** A place in a document: keys and indices from its root. */
export type DocumentPath = readonly PropertyKey[];

/** A YAML document whose places know their lines. */
export class YamlDocument {
  readonly #document: Document.Parsed;
  readonly #lines = new LineCounter();
  readonly #file: string;

  /** @throws {DocumentError} when the text is no YAML */
  constructor(text: string, file: string) {
    this.#file = file;
    this.#document = this.#parse(text);
    const { errors, warnings } = this.#document;
    const overflow = errors.filter(({ code }) => code === "RESOURCE_EXHAUSTION").slice(0, 1);
    const faults = [overflow, errors, warnings].find(({ length }) => length > 0) ?? [];
    this.throwIfAny(faults.map((fault) => this.#problemAt(fault.pos[0], faultText(fault))));
    this.throwIfAny(this.#unwantedNodes());
  }

  /** The contents as plain values. */
  get value(): unknown {
    try {
      return this.#document.toJS({ maxAliasCount: MOST_ALIASED_VALUES });
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      throw new DocumentError(this.#file, [this.#problemAt(0, manyAliases)]);
    }
  }

  /** The problem of a place, by its line and key. */
  problem(path: DocumentPath, message: string): DocumentProblem {
    return { line: this.#lineOf(path), key: keyText(path), message };
  }

  /** @throws {DocumentError} with the problems, in order of their lines, if there are any */
  throwIfAny(problems: readonly DocumentProblem[]): void {
    if (problems.length === 0) return;
    const each = new Map(problems.map((problem) => [JSON.stringify(problem), problem]));
    throw new DocumentError(
      this.#file,
      [...each.values()].sort((a, b) => a.line - b.line),
    );
  }

  #parse(text: string): Document.Parsed {
    const { length } = /^[\s\S]*?(?=[^\P{Cc}\t\n\r])/u.exec(text)?.[0] ?? text;
    if (length < text.length) {
      const before = text.slice(0, length).split("\n").length;
      const message =
        "this is not text: it contains the control character " +
        `${controlCharacterIn(text[length]!)}.`;
      throw new DocumentError(this.#file, [{ line: before, key: "", message }]);
    }
    return parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
  }

  /** Problems for YAML features that no file of this program uses. */
  #unwantedNodes(): DocumentProblem[] {
    const problems: DocumentProblem[] = [];
    const complain = (node: Node | null, message: string) =>
      problems.push(this.#problemAt(node?.range?.[0] ?? 0, message));
    const checkTag = (node: Node) => {
      const { tag } = node as Scalar;
      if (tag !== undefined && !plainTags.test(tag)) complain(node, `${tag}: expected no tag.`);
    };
    visit(this.#document, {
      Alias: (_, alias: Alias, path) => {
        const node = alias.resolve(this.#document);
        if (!node) complain(alias, `there is no anchor &${alias.source} for this alias.`);
        else if (path.includes(node)) complain(alias, `*${alias.source} would contain itself.`);
      },
      Pair: (_, { key }: Pair) => {
        if (!isScalar(key)) complain(key as Node | null, "expected a string as key.");
        else if (key.value === "__proto__") complain(key, 'unknown key "__proto__".');
      },
      Scalar: (_, scalar: Scalar) => {
        checkTag(scalar);
        if (typeof scalar.value !== "string") return;
        const found = controlCharacterIn(scalar.value.replaceAll("\n", " "));
        if (found) complain(scalar, `this string contains the control character ${found}.`);
      },
      Collection: (_, collection) => checkTag(collection),
    });
    return problems;
  }

  #problemAt(offset: number, message: string): DocumentProblem {
    return { line: this.#lineAt(offset), key: "", message };
  }

  /** The line of the deepest part of a path that exists; a key's own line, not that of its value. */
  #lineOf(path: DocumentPath): number {
    let node: unknown = this.#document.contents;
    let line = this.#lineAt((node as Node | null)?.range?.[0] ?? 0);
    for (const key of path) {
      const found = child(node, key);
      if (!found) break;
      line = this.#lineAt(found.at);
      node = found.node;
    }
    return line;
  }

  #lineAt(offset: number): number {
    return Math.max(1, this.#lines.linePos(offset).line);
  }
}

/** Values that aliases may stand for, counted by the library in multiples of the anchors. */
const MOST_ALIASED_VALUES = 100;
const manyAliases = "its aliases expand to too many values. Write them out.";
const plainTags = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

/** Description of a fault in the text, without terms of the library. */
function faultText({ code, message }: YAMLError): string {
  switch (code) {
    case "MULTIPLE_DOCS":
      return "a second document begins here (---). Expected one document per file.";
    case "DUPLICATE_KEY":
      return "this key is given twice.";
    case "RESOURCE_EXHAUSTION":
      return "it is nested too deeply.";
    case "BLOCK_AS_IMPLICIT_KEY":
      return (
        "this is not valid YAML: it has two colons in a line. Expected a colon between a name and " +
        "its braces, name: { key: value }, or quotes around a text."
      );
    case "TAG_RESOLVE_FAILED":
      return `${message}: expected no tag.`;
    default:
      return `this is not valid YAML: ${message.replace(/[.:]+$/, "")}.`;
  }
}

function child(parent: unknown, key: PropertyKey): { at: number; node: unknown } | undefined {
  if (isMap(parent)) {
    const pair = parent.items.find(
      ({ key: own }) => isScalar(own) && String(own.value) === String(key),
    );
    return pair && { at: (pair.key as Node).range![0], node: pair.value };
  }
  const item = isSeq(parent) ? (parent.items[Number(key)] as Node | undefined) : undefined;
  return item && { at: item.range![0], node: item };
}

/** "vary.scalingBeta[2]", with items counted from 1. */
const keyText = (path: DocumentPath): string =>
  path
    .map((key, place) =>
      typeof key === "number" ? `[${key + 1}]` : `${place > 0 ? "." : ""}${String(key)}`,
    )
    .join("");
