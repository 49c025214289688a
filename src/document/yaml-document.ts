import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { DocumentError, type DocumentProblem } from "./document-error.ts";

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
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const problems = this.#document.errors.map(({ message, pos }) => ({
      line: this.#lineAt(pos[0]),
      key: "",
      message: `this is no YAML: ${message}.`,
    }));
    if (problems.length > 0) throw new DocumentError(file, problems);
  }

  /** The contents as plain values. */
  get value(): unknown {
    return this.#document.toJS();
  }

  /** The problem of a place, by its line and key. */
  problem(path: DocumentPath, message: string): DocumentProblem {
    return { line: this.#lineOf(path), key: keyText(path), message };
  }

  /** @throws {DocumentError} with the problems, in order of their lines, if there are any */
  throwIfAny(problems: readonly DocumentProblem[]): void {
    if (problems.length === 0) return;
    throw new DocumentError(
      this.#file,
      problems.toSorted((a, b) => a.line - b.line),
    );
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
