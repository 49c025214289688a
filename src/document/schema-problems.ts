import { z } from "zod";

/** What is wrong at a place of a document. */
export interface PlaceProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * What is wrong at a place: each unknown key by itself, what was expected elsewhere.
 *
 * @param unknownKey the message for a key where only the others given are known
 */
export function schemaProblems(
  error: z.ZodError,
  schema: z.ZodType,
  unknownKey: (key: string, known: readonly string[]) => string,
): readonly PlaceProblem[] {
  return error.issues.flatMap((issue) => {
    if (issue.code !== "unrecognized_keys") {
      return [{ path: issue.path, message: sentence(issue.message) }];
    }
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: unknownKey(key, known),
    }));
  });
}

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

const sentence = (text: string) => (text.endsWith(".") ? text : `${text}.`);
