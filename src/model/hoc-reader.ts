import {
  hocConstants,
  hocFunctions,
  hocOperators,
  type Operation,
  power,
  SIGN_STRENGTH,
} from "./hoc-operators.ts";
import { HocError, type HocToken, hocTokens } from "./hoc-tokens.ts";

/** An assignment to a name; the value of an expression, or none where a word was given. */
export interface HocAssignment {
  readonly known: string;
  /** The value as it was written. */
  readonly text: string;
  readonly value?: number | undefined;
}

const assigning = new Set(["=", "+=", "-=", "*=", "/="]);

const MOST_NESTED = 100;

/**
 * Reader of assignments in hoc, NEURON's language: numbers by expressions, as hoc computes them, in
 * braces or not, and words. Declarations, texts, printing and values that go nowhere are passed
 * over.
 */
export class HocReader {
  readonly assignments: HocAssignment[] = [];
  /** Statements that were passed over, as written. */
  readonly ignored: string[] = [];
  /** Names whose values were used. */
  readonly used = new Set<string>();
  readonly #variables = new Map<string, number>(Object.entries(hocConstants));
  readonly #wordsOf: (known: string) => readonly string[];
  #text = "";
  #tokens: readonly HocToken[] = [];
  #place = 0;
  #depth = 0;

  /** @param wordsOf the words that a name takes in place of a number, such as "on" */
  constructor(wordsOf: (known: string) => readonly string[] = () => []) {
    this.#wordsOf = wordsOf;
  }

  /**
   * Reads statements; what was assigned before is still known.
   *
   * @throws {HocError} where the text is not hoc, or more of it than can be done here
   */
  readStatements(text: string): void {
    this.#begin(text);
    while (this.#next) this.#statement();
  }

  /**
   * The value of a text that is one expression.
   *
   * @throws {HocError} where it is none
   */
  readExpression(text: string): number {
    this.#begin(text);
    const value = this.#expression();
    if (this.#next || this.assignments.length > 0) throw new HocError("it is not an expression");
    return value;
  }

  #begin(text: string): void {
    this.#text = text;
    this.#tokens = hocTokens(text);
    this.#place = 0;
    this.#depth = 0;
  }

  get #next(): HocToken | undefined {
    return this.#tokens[this.#place];
  }

  #isNext(text: string): boolean {
    return this.#next?.text === text;
  }

  #skip(text: string): boolean {
    if (!this.#isNext(text)) return false;
    this.#place++;
    return true;
  }

  /** The text from a word to the last one that was read. */
  #since(first: number): string {
    const { start } = this.#tokens[first]!;
    const last = this.#tokens[Math.max(first, this.#place - 1)]!;
    return this.#text.slice(start, last.start + last.text.length);
  }

  #statement(): void {
    const first = this.#place;
    const { kind, text } = this.#tokens[first]!;
    if (this.#skip(",") || this.#skip(";")) return;
    if (this.#skip("{")) {
      this.#nest();
      while (!this.#skip("}")) {
        if (!this.#next) throw new HocError("{ is not closed by }");
        this.#statement();
      }
      this.#depth--;
      return;
    }
    if (text === "}") throw new HocError("} closes nothing");
    const before = this.assignments.length;
    if (this.#skip("strdef")) this.#list(() => this.#name());
    else if (this.#skip("print")) this.#list(() => this.#printed());
    else if (kind === "string") this.#place++;
    else if (this.#setsText(first)) this.#assignText(text);
    else this.#expression();
    if (this.assignments.length === before) this.ignored.push(this.#since(first));
  }

  #setsText(first: number): boolean {
    const [name, sign, value] = this.#tokens.slice(first, first + 3);
    return name?.kind === "name" && sign?.text === "=" && value?.kind === "string";
  }

  #list(item: () => void): void {
    do item();
    while (this.#skip(","));
  }

  #name(): void {
    if (this.#next?.kind !== "name") throw new HocError("a name is missing");
    this.#place++;
  }

  #printed(): void {
    if (this.#next?.kind === "string") this.#place++;
    else this.#expression();
  }

  /** A text, which is a word where its name takes words, and of no use elsewhere. */
  #assignText(known: string): void {
    const text = this.#tokens[this.#place + 2]!.text.slice(1, -1);
    this.#place += 3;
    if (this.#wordsOf(known).length > 0) this.assignments.push({ known, text });
  }

  #nest(): void {
    if (++this.#depth > MOST_NESTED) throw new HocError("it is nested too deeply");
  }

  #expression(weakest = 0): number {
    this.#nest();
    let value = this.#operand();
    for (;;) {
      const [strength, operation] = this.#operator() ?? [];
      if (strength === undefined || strength < weakest) break;
      this.#place++;
      // Of equal strength the left one comes first, but of powers the right one.
      value = operation!(value, this.#expression(operation === power ? strength : strength + 1));
    }
    this.#depth--;
    return value;
  }

  #operator(): readonly [number, Operation] | undefined {
    const { kind, text = "" } = this.#next ?? {};
    return kind === "operator" && Object.hasOwn(hocOperators, text)
      ? hocOperators[text]
      : undefined;
  }

  #operand(): number {
    const token = this.#next;
    if (!token) throw new HocError("a value is missing at its end");
    this.#place++;
    if (token.kind === "number") return Number(token.text);
    if (token.kind === "name") return this.#named(token.text);
    switch (token.text) {
      case "-":
        return -this.#expression(SIGN_STRENGTH);
      case "+":
        return this.#expression(SIGN_STRENGTH);
      case "!":
        return Number(this.#expression(SIGN_STRENGTH) === 0);
      case "(":
        return this.#closing(this.#expression());
      default:
        throw new HocError(`a value is missing before ${token.text}`);
    }
  }

  #closing(value: number): number {
    if (!this.#skip(")")) throw new HocError("( is not closed by )");
    return value;
  }

  /** An assignment, a call or a variable. */
  #named(name: string): number {
    if (assigning.has(this.#next?.text ?? "")) return this.#assign(name).value ?? Number.NaN;
    if (this.#skip("(")) {
      const call = Object.hasOwn(hocFunctions, name) ? hocFunctions[name] : undefined;
      if (!call) throw new HocError(`${name}( ) cannot be called here`);
      return this.#closing(call(this.#expression()));
    }
    return this.#valueOf(name);
  }

  /** Assignment after a name, from its "=" on; a value may be an assignment itself. */
  #assign(known: string): HocAssignment {
    const operator = this.#tokens[this.#place++]!.text;
    const assignment = { known, ...this.#assigned(known, operator) };
    this.assignments.push(assignment);
    if (assignment.value !== undefined) this.#variables.set(known, assignment.value);
    return assignment;
  }

  #assigned(known: string, operator: string): Omit<HocAssignment, "known"> {
    const first = this.#place;
    const { kind, text: own = "" } = this.#next ?? {};
    if (operator !== "=") {
      const operation = hocOperators[operator[0]!]![1];
      const value = operation(this.#valueOf(known), this.#expression());
      return { text: String(value), value };
    }
    if (kind === undefined || /^[,;{})]$/.test(own)) return { text: "" };
    const word = this.#word(known);
    if (word !== undefined) return { text: word };
    if (kind === "name" && this.#tokens[first + 1]?.text === "=") {
      this.#place++;
      const { text, value } = this.#assign(own);
      return { text, value };
    }
    const value = this.#expression();
    return { text: this.#since(first), value };
  }

  #valueOf(name: string): number {
    const value = this.#variables.get(name);
    if (value === undefined) throw new HocError(`${name} has no value there`);
    this.used.add(name);
    return value;
  }

  /** A word that the name takes, or any that is no variable and stands alone. */
  #word(known: string): string | undefined {
    const { kind, start, text } = this.#next!;
    if (kind !== "name") return undefined;
    const rest = this.#text.slice(start);
    const word = this.#wordsOf(known).find(
      (one) =>
        rest.slice(0, one.length).toLowerCase() === one.toLowerCase() &&
        !/^[\w-]/.test(rest.slice(one.length)),
    );
    if (word !== undefined) {
      const given = rest.slice(0, word.length);
      while (this.#next && this.#next.start < start + word.length) this.#place++;
      return given;
    }
    const after = this.#tokens[this.#place + 1];
    const isAlone = after?.kind !== "operator" || /^[,;{}]$/.test(after.text);
    if (!isAlone || this.#variables.has(text)) return undefined;
    this.#place++;
    return text;
  }
}

/** Value of a text that is an expression of numbers, such as "4*15/11"; undefined where it is none. */
export function evaluateArithmetic(text: string): number | undefined {
  try {
    const value = new HocReader().readExpression(text);
    return Number.isNaN(value) ? undefined : value;
  } catch (error) {
    if (error instanceof HocError) return undefined;
    throw error;
  }
}
