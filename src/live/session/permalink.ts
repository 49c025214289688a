import { deflateSync, inflateSync, strFromU8, strToU8 } from "fflate";
import { DocumentError, type Experiment, experimentText, readExperiment } from "../../index.ts";

/** Content of a link: the experiment, the user's changes, and a moment. */
export interface Place {
  readonly experiment: Experiment;
  /** Ids of the entries that were made by touch. */
  readonly touched: readonly string[];
  readonly momentMs: number;
}

/** True if the end of an address is parameters, "name=value&…", with which a column begins. */
export const assignsParameters = (link: string): boolean => link.includes("=");

/** A link that cannot be opened; the message says why, and what to do. */
export class LinkError extends Error {
  override readonly name = "LinkError";
}

/** Version of what follows the number sign; another one has another number. */
const VERSION = 1;

/** A link longer than this is not inflated: no experiment is so long. */
const MOST_LETTERS = 100_000;

/** A place as the part of an address that follows the number sign. */
export function placeLink({ experiment, touched, momentMs }: Place): string {
  const payload = { experiment: experimentText(experiment), touched, momentMs };
  const bytes = deflateSync(strToU8(JSON.stringify(payload)), { level: 9 });
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return `${VERSION}.${base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/**
 * The place that a link leads to.
 *
 * @throws {LinkError} when it is damaged, of another version, or of an experiment that cannot be
 */
export function linkedPlace(link: string): Place {
  const [version, letters] = link.split(/\.(.*)/s);
  if (!/^\d+$/.test(version!) || letters === undefined) {
    throw new LinkError("This address ends in something that is no experiment.");
  }
  if (Number(version) !== VERSION) {
    throw new LinkError(
      `This link is of version ${version}, and this page reads version ${VERSION}. A newer page may open it.`,
    );
  }
  const { experiment: text, touched, momentMs } = payloadOf(letters);
  try {
    const experiment = readExperiment(text, "link");
    const ids = experiment.entries.map(({ id }) => id);
    return { experiment, touched: touched.filter((id) => ids.includes(id)), momentMs };
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new LinkError(`The experiment in this link cannot be run.\n${error.message}`);
  }
}

function payloadOf(letters: string) {
  try {
    if (letters.length > MOST_LETTERS) throw new RangeError("too long");
    const binary = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const found = JSON.parse(strFromU8(inflateSync(bytes)));
    const { experiment, touched, momentMs } = found;
    const isWhole =
      typeof experiment === "string" &&
      Array.isArray(touched) &&
      touched.every((id) => typeof id === "string") &&
      Number.isFinite(momentMs) &&
      momentMs >= 0;
    if (!isWhole) throw new TypeError("not a place");
    return { experiment, touched: touched as string[], momentMs: momentMs as number };
  } catch {
    throw new LinkError("This link is incomplete or damaged. Ask for it to be copied again.");
  }
}
