import type * as z from "zod";
import type { DocumentProblem } from "../document/error.ts";
import { type PlaceProblem, schemaProblems } from "../document/schema-problems.ts";
import type { YamlDocument } from "../document/yaml.ts";
import { unknownKey } from "../model/nearest-name.ts";
import { parseAssignments } from "../model/overrides.ts";
import { InvalidParametersError } from "../model/parameter-error.ts";
import { findParameter } from "../model/parameter-names.ts";
import type { ParameterOverrides } from "../model/parameters.ts";
import type { ExperimentContents } from "./schema.ts";

/** Reads a file's contents by a schema, and gathers what is wrong with them. */
export class ContentsReader<S extends z.ZodObject> {
  readonly #document: YamlDocument;
  readonly #schema: S;
  readonly #problems: DocumentProblem[] = [];
  /** All that is as it should be; what is wrong is left out, so that the rest is read, too. */
  readonly contents: Partial<z.infer<S>>;

  /** @param least what a file says at least, as it would say it */
  constructor(document: YamlDocument, schema: S, least: string) {
    this.#document = document;
    this.#schema = schema;
    this.contents = this.#read();
    const isEmpty = Object.keys(this.contents).every((key) => key === "description");
    if (!isEmpty || this.#problems.length > 0) return;
    this.complain([
      { path: [], message: `this says nothing. Expected something, such as "${least}".` },
    ]);
  }

  #read(): Partial<z.infer<S>> {
    const { value } = this.#document;
    const { data, error } = this.#schema.safeParse(value ?? {});
    if (!error) return data;
    this.complain(schemaProblems(error, this.#schema, unknownKey));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
    const fields: Readonly<Record<string, z.ZodType>> = this.#schema.shape;
    const sound = Object.entries(fields).flatMap(([key, field]) => {
      const { data: own } = field.safeParse((value as Record<string, unknown>)[key]);
      return own === undefined ? [] : [[key, own]];
    });
    return Object.fromEntries(sound);
  }

  /** Takes note of problems, at their places within the given one. */
  complain(problems: readonly PlaceProblem[], ...place: readonly string[]): void {
    for (const { path, message } of problems) {
      this.#problems.push(this.#document.problem([...place, ...path], message));
    }
  }

  /** @throws {DocumentError} with all problems, if there are any */
  throwIfAny(): void {
    this.#document.throwIfAny(this.#problems);
  }

  /** Parameters by our names or the original's; undefined where something is wrong with them. */
  readParameters(given: ExperimentContents["parameters"] = {}): ParameterOverrides | undefined {
    const before = this.#problems.length;
    const named = new Map<string, string>();
    const read = Object.entries(given).map(([known, value]) => {
      const name = findParameter(known) ?? known;
      const earlier = named.get(name);
      const complain = (message: string) =>
        this.complain([{ path: [known], message }], "parameters");
      if (earlier !== undefined) complain(`${name} is set twice: also by ${earlier}.`);
      named.set(name, known);
      try {
        return parseAssignments([`${known}=${value}`]);
      } catch (error) {
        if (!(error instanceof InvalidParametersError)) throw error;
        complain(error.errors[0]!.message);
        return {};
      }
    });
    return this.#problems.length > before ? undefined : Object.assign({}, ...read);
  }

  /** Takes note of what is wrong with parameters together, where the file names them. */
  complainOfParameters(
    { errors }: InvalidParametersError,
    given: ExperimentContents["parameters"] = {},
  ): void {
    for (const { parameter, message } of errors) {
      const name = Object.keys(given).find((one) => findParameter(one) === parameter);
      this.complain([{ path: name === undefined ? [] : [name], message }], "parameters");
    }
  }
}
