import { useState } from "preact/hooks";
import { saveBytes } from "../../web/page/jobs.ts";
import { Panel } from "../../web/page/panel.tsx";
import { copy } from "../../web/page/take-away.tsx";
import { shownWindow } from "../../web/page/time-window.ts";
import type { ViewedSession } from "./viewed-session.ts";

/** All forms in which a recorded run, or what was continued of it, can be taken along. */
export function RecordTakeAway({ session }: { readonly session: ViewedSession }) {
  const [said, say] = useState("");
  const [command, setCommand] = useState("");
  const copyLink = async () => {
    const { text: link } = await session.describe("link");
    history.replaceState(null, "", `#${link}`);
    const done = "The link is copied. It opens this moment for as long as this server runs.";
    await copy(`${location.origin}${location.pathname}#${link}`, say, done);
  };
  const saveFile = async () => {
    const { text: file } = await session.describe("file");
    saveBytes(new TextEncoder().encode(file), "experiment.yaml", "application/yaml");
    const { branchMs } = session.record.value!;
    say(
      branchMs === undefined
        ? "isocortex run experiment.yaml repeats it, to the bit."
        : "It is the branch as if run so from the beginning; the command repeats it, to the bit.",
    );
  };
  const showCommand = async () => {
    const { text: line } = await session.describe("command");
    setCommand(line);
    await copy(line, say, "The command is copied. It repeats this, to the bit.");
  };
  const savePicture = async () => {
    const column = session.column.value!;
    const { timeMs, marks } = session.standing.value;
    const { endMs, lengthMs } = shownWindow(timeMs, session.knownMs.value);
    say("Drawing the picture …");
    try {
      const raster = await session.raster(Math.max(0, endMs - lengthMs), endMs);
      const { rasterPicture } = await import("../../web/page/picture.ts");
      const svg = new TextEncoder().encode(rasterPicture(raster, column, marks));
      saveBytes(svg, "raster.svg", "image/svg+xml");
      say("The picture is that of isocortex plot RUN raster.");
    } catch (error) {
      say(`The picture could not be drawn: ${(error as Error).message}`);
    }
  };
  const isLive = session.fork.value !== undefined;
  return (
    <Panel title="Take it away">
      <div class="buttons">
        <button type="button" onClick={copyLink}>
          Copy link
        </button>
        <button type="button" onClick={saveFile}>
          Experiment file
        </button>
        <button type="button" onClick={showCommand}>
          Command
        </button>
        <button type="button" onClick={savePicture} disabled={isLive}>
          Picture
        </button>
      </div>
      <p class="note" role="status">
        {said}
      </p>
      {command && <pre>{command}</pre>}
    </Panel>
  );
}
