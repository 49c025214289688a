import * as z from "zod";

/** Problem at a position of a document. */
export interface PlaceProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * Problems at a position: each unknown key separately, or the expected value.
 *
 * @param unknownKey the message for a key where only the others given are known
 */
export function schemaProblems(
  error: z.ZodError,
  schema: z.ZodType,
  unknownKey: (key: string, known: readonly string[]) => string,
): readonly PlaceProblem[] {
  return error.issues.flatMap(deepest).flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") {
      return [{ path: issue.path, message: sentence(issueText(issue)) }];
    }
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: unknownKey(key, known),
    }));
  });
}

/** Of one of several forms, what is wrong within the form that was meant, if it is clear which. */
function deepest(issue: z.core.$ZodIssue): readonly z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union") return [issue];
  const meant = issue.errors.filter((issues) => issues.every(({ path }) => path.length > 0));
  if (meant.length !== 1) return [issue];
  return meant[0]!.flatMap((own) => deepest({ ...own, path: [...issue.path, ...own.path] }));
}

/** Text of the expected value: the schema's own words, or its limits. */
function issueText(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith("expected")) return issue.message;
  switch (issue.code) {
    case "invalid_type":
      return issue.expected === "number" || issue.expected === "int"
        ? `expected a ${issue.expected === "int" ? "whole" : "finite"} number`
        : `expected ${nouns[issue.expected] ?? issue.expected}`;
    case "too_small":
      if (issue.origin === "array") return `expected at least ${issue.minimum} of them`;
      return `expected ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`;
    case "too_big":
      return `expected at most ${issue.maximum}`;
    case "invalid_value":
      return `expected one of ${issue.values.join(", ")}`;
    default:
      return issue.message;
  }
}

const nouns: Readonly<Record<string, string>> = {
  string: "a text",
  array: "a list",
  object: "keys and values",
  record: "keys and values",
};

/** The keys that a schema knows at a place. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const { shape } = bare(schema);
  if (!shape) return [];
  const [first, ...rest] = path;
  const inner = first === undefined ? undefined : shape[String(first)];
  return inner ? knownKeys(inner, rest) : Object.keys(shape);
}

function bare(schema: z.ZodType): { readonly shape?: Readonly<Record<string, z.ZodType>> } {
  if (schema instanceof z.ZodOptional) return bare(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodObject ? { shape: schema.shape } : {};
}

/** A text with a full stop, unless it has one or asks a question. */
export const sentence = (text: string): string => (/[.?]$/.test(text) ? text : `${text}.`);
