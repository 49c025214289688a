import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Description, RasterData } from "../../live/worker/messages.ts";
import { saveBytes } from "./jobs.ts";
import type { LiveSession } from "./live-session.ts";
import { Panel } from "./panel.tsx";

/** Shows how far something is, in words. */
export type Say = (words: string) => void;

/** Parts of taking along that differ between a live and a recorded column. */
export interface Luggage {
  /** Words when the link, the experiment file or the command has been handed over. */
  readonly done: Readonly<Record<"link" | "file" | "command", string>>;
  /** Saves the run; returns what to say of it. */
  readonly saveRun: (say: Say) => Promise<string>;
  /** Data of the raster figure of what is shown. */
  readonly raster: (say: Say) => Promise<RasterData>;
  /** False where only descriptions can be taken along. */
  readonly hasRecord?: boolean;
}

interface TakeAwayProps {
  readonly session: LiveSession;
  readonly luggage: Luggage;
  readonly children?: ComponentChildren;
}

/** All forms in which a column can be taken along; children stand below. */
export function TakeAway({ session, luggage, children }: TakeAwayProps) {
  const { done, saveRun, raster, hasRecord = true } = luggage;
  const [said, say] = useState("");
  const [command, setCommand] = useState("");
  const copyLink = async ({ text: link }: Description) => {
    history.replaceState(null, "", `#${link}`);
    await copy(location.href, say, done.link);
  };
  const saveFile = async ({ text: file }: Description) => {
    saveBytes(new TextEncoder().encode(file), "experiment.yaml", "application/yaml");
    say(done.file);
  };
  const showCommand = async ({ text: line }: Description) => {
    setCommand(line);
    await copy(line, say, done.command);
  };
  const savePicture = async () => {
    const column = session.column.value!;
    const { marks } = session.standing.value;
    const { rasterPicture } = await import("./picture.ts");
    const svg = rasterPicture(await raster(say), column, marks);
    saveBytes(new TextEncoder().encode(svg), "raster.svg", "image/svg+xml");
    say("The picture is that of isocortex plot RUN raster.");
  };
  const attempt = (failure: string, work: () => Promise<void>) => () =>
    work().catch(({ message }: Error) => say(`${failure}: ${message}`));
  const run = attempt("The run could not be saved", async () => say(await saveRun(say)));
  const picture = attempt("The picture could not be drawn", savePicture);
  return (
    <Panel title="Take it away">
      <div class="buttons">
        <button type="button" onClick={async () => copyLink(await session.describe("link"))}>
          Copy link
        </button>
        <button type="button" onClick={async () => saveFile(await session.describe("file"))}>
          Experiment file
        </button>
        <button type="button" onClick={async () => showCommand(await session.describe("command"))}>
          Command
        </button>
        <button type="button" onClick={run} disabled={!hasRecord}>
          Download run
        </button>
        <button type="button" onClick={picture} disabled={!hasRecord}>
          Picture
        </button>
      </div>
      <p class="note" role="status">
        {said}
      </p>
      {command && <pre>{command}</pre>}
      {children}
    </Panel>
  );
}

/** Copies a text, or shows it where the browser does not let pages copy. */
async function copy(text: string, say: Say, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    say(`This browser does not let pages copy. Here it is: ${text}`);
  }
}
