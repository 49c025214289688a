import { createRequire } from "node:module";
import { join } from "node:path";
import type tsModule from "../consumer/node_modules/typescript/lib/typescript.js";

/* The public declarations, as the oldest TypeScript that is supported reads them. */

const project = new URL("../../", import.meta.url).pathname;
const dist = join(project, "dist/");
const require = createRequire(import.meta.url);
const ts = require("../consumer/node_modules/typescript/lib/typescript.js") as typeof tsModule;

type Symbol = tsModule.Symbol;
type Type = tsModule.Type;
type Node = tsModule.Node;

/** An exported name, with the entry or namespace that it is in: "isocortex/node recordRun". */
export interface PublicName {
  readonly name: string;
  /** Whether it exists at run time. */
  readonly isValue: boolean;
  readonly doc: string;
  /** Code of its examples. */
  readonly examples: readonly string[];
  /** Its declarations without comments. */
  readonly declarations: readonly string[];
  /** Types in its declarations that are exported nowhere. */
  readonly hidden: readonly string[];
}

const entries = {
  isocortex: "index.d.ts",
  "isocortex/figures": "figures/index.d.ts",
  "isocortex/node": "node/index.d.ts",
};

const program = ts.createProgram(
  Object.values(entries).map((path) => join(dist, path)),
  {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    types: ["node"],
  },
);
const checker = program.getTypeChecker();
const printer = ts.createPrinter({ removeComments: true });

const original = (symbol: Symbol): Symbol =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** Exported symbols by their names, those of namespaces after them. */
const exported = new Map<string, Symbol>();
/** Names of classes that are exported as types alone. */
const typesOnly = new Set<string>();

const isTypeExport = (node: Node): boolean =>
  ts.isExportSpecifier(node) && (node.isTypeOnly || node.parent.parent.isTypeOnly);

function addModule(module: Symbol, prefix: string): void {
  for (const one of checker.getExportsOfModule(module)) {
    const symbol = original(one);
    const name = `${prefix}${one.name}`;
    if (symbol.flags & ts.SymbolFlags.ValueModule) addModule(symbol, `${name}.`);
    else exported.set(name, symbol);
    if (one.declarations?.some(isTypeExport)) typesOnly.add(name);
  }
}

for (const [entry, path] of Object.entries(entries)) {
  const file = program.getSourceFile(join(dist, path))!;
  addModule(checker.getSymbolAtLocation(file)!, `${entry} `);
}

const known = new Set(exported.values());

const isOurs = (symbol: Symbol): boolean =>
  symbol.declarations?.some((one) => one.getSourceFile().fileName.startsWith(dist)) ?? false;

const NAMED =
  ts.SymbolFlags.Class | ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Enum;

/** Whether a type is a choice of literals, whose name nobody needs. */
const isChoice = (type: Type): boolean =>
  type.isUnion() ? type.types.every(isChoice) : !(type.flags & ts.TypeFlags.Object);

/** Collects the names of types that can be reached from a type and that nobody can import. */
class TypeWalk {
  readonly hidden = new Set<string>();
  readonly #seen = new Set<Type>();

  walk(type: Type): void {
    if (this.#seen.has(type)) return;
    this.#seen.add(type);
    if (isChoice(type)) return;
    this.#name(type.aliasSymbol);
    for (const one of type.aliasTypeArguments ?? []) this.walk(one);
    if (type.isUnionOrIntersection()) {
      for (const one of type.types) this.walk(one);
      return;
    }
    this.#name(type.symbol);
    if ((type as tsModule.ObjectType).objectFlags & ts.ObjectFlags.Reference) {
      for (const one of checker.getTypeArguments(type as tsModule.TypeReference)) this.walk(one);
    }
    if (!type.symbol || isOurs(type.symbol)) this.members(type);
  }

  members(type: Type): void {
    for (const property of checker.getPropertiesOfType(type)) {
      if (!property.name.startsWith("__#")) this.walk(checker.getTypeOfSymbol(property));
    }
    for (const signature of [...type.getCallSignatures(), ...type.getConstructSignatures()]) {
      for (const parameter of signature.parameters) this.walk(checker.getTypeOfSymbol(parameter));
      this.walk(signature.getReturnType());
    }
    for (const { type: value } of checker.getIndexInfosOfType(type)) this.walk(value);
    for (const base of type.getBaseTypes?.() ?? []) this.walk(base);
  }

  #name(symbol: Symbol | undefined): void {
    if (!symbol || !(symbol.flags & NAMED) || symbol.name.startsWith("__")) return;
    if (isOurs(symbol) && !known.has(symbol)) this.hidden.add(symbol.name);
  }
}

function hiddenTypes(symbol: Symbol): string[] {
  const walk = new TypeWalk();
  if (symbol.flags & ts.SymbolFlags.Value) walk.members(checker.getTypeOfSymbol(symbol));
  if (symbol.flags & ts.SymbolFlags.Value) walk.walk(checker.getTypeOfSymbol(symbol));
  if (symbol.flags & ts.SymbolFlags.Type) {
    const type = checker.getDeclaredTypeOfSymbol(symbol);
    if (type.isUnionOrIntersection()) for (const one of type.types) walk.walk(one);
    else walk.members(type);
  }
  return [...walk.hidden].filter((name) => name !== symbol.name).sort();
}

const printed = (node: Node): string =>
  printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile());

const blockOf = (text: string): string => /^```ts\n([\s\S]*?)\n```/.exec(text.trim())?.[1] ?? "";

/** All public names, sorted by entry and name. */
export const publicNames: readonly PublicName[] = [...exported]
  .map(([name, symbol]) => ({
    name,
    isValue: Boolean(symbol.flags & ts.SymbolFlags.Value) && !typesOnly.has(name),
    doc: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
    examples: symbol
      .getJsDocTags(checker)
      .filter((tag) => tag.name === "example")
      .map(({ text }) => blockOf(ts.displayPartsToString(text))),
    declarations: (symbol.declarations ?? []).map(printed),
    hidden: hiddenTypes(symbol),
  }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));
