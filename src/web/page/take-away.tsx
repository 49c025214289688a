import { useState } from "preact/hooks";
import { saveBytes, startJob } from "./jobs.ts";
import type { LiveSession } from "./live-session.ts";
import { Panel } from "./panel.tsx";
import { shownWindow } from "./time-window.ts";

/** All forms in which the experiment up to now can be taken along. */
export function TakeAway({ session }: { readonly session: LiveSession }) {
  const [said, say] = useState("");
  const [command, setCommand] = useState("");
  const copyLink = async () => {
    const { text: link } = await session.describe("link");
    const address = `${location.origin}${location.pathname}${location.search}#${link}`;
    history.replaceState(null, "", `#${link}`);
    await copy(address, say, "The link is copied. It opens this experiment at this moment.");
  };
  const saveFile = async () => {
    const { text: file } = await session.describe("file");
    saveBytes(new TextEncoder().encode(file), "experiment.yaml", "application/yaml");
    say("isocortex run experiment.yaml repeats it, to the bit.");
  };
  const showCommand = async () => {
    const { text: line } = await session.describe("command");
    setCommand(line);
    await copy(line, say, "The command is copied.");
  };
  const saveRun = async () => {
    const { text: file, momentMs } = await session.describe("file");
    if (momentMs === 0) return say("Nothing has been simulated yet.");
    const job = { kind: "record", text: file, untilMs: momentMs, label: "column" } as const;
    say("Simulating it from the beginning …");
    try {
      await startJob(job, (report) => {
        if (report.kind === "progress") say(`Recording: ${Math.round(100 * report.done)} %`);
        if (report.kind === "archive") saveBytes(report.bytes, report.name, "application/zip");
      });
      say("isocortex resume, compare, plot and export take column.zip as it is.");
    } catch (error) {
      say(`The run could not be recorded: ${(error as Error).message}`);
    }
  };
  const savePicture = async () => {
    const { text, momentMs } = await session.describe("file");
    const column = session.column.value;
    if (momentMs === 0 || !column) return say("Nothing has been simulated yet.");
    const { marks } = session.standing.value;
    const { lengthMs } = shownWindow(momentMs, momentMs);
    const fromMs = Math.max(0, momentMs - lengthMs);
    const job = { kind: "raster", text, fromMs, untilMs: momentMs } as const;
    try {
      const { rasterPicture } = await import("./picture.ts");
      await startJob(job, (report) => {
        if (report.kind === "progress") say(`Simulating: ${Math.round(100 * report.done)} %`);
        if (report.kind !== "raster") return;
        const svg = new TextEncoder().encode(rasterPicture(report.raster, column, marks));
        saveBytes(svg, "raster.svg", "image/svg+xml");
      });
      say("The picture is that of isocortex plot RUN raster.");
    } catch (error) {
      say(`The picture could not be drawn: ${(error as Error).message}`);
    }
  };
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
        <button type="button" onClick={saveRun}>
          Download run
        </button>
        <button type="button" onClick={savePicture}>
          Picture
        </button>
      </div>
      <p class="note" role="status">
        {said}
      </p>
      {command && <pre>{command}</pre>}
      <label>
        Open <small>an experiment file, or a zip archive of a run; or drop it on the page</small>
        <input
          type="file"
          accept=".yaml,.yml,.json,.zip"
          onChange={({ currentTarget }) => {
            const [file] = currentTarget.files ?? [];
            if (file) void session.openFile(file);
            currentTarget.value = "";
          }}
        />
      </label>
    </Panel>
  );
}

/** Copies a text, or shows it where the browser does not let pages copy. */
export async function copy(
  text: string,
  say: (words: string) => void,
  done: string,
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    say(`This browser does not let pages copy. Here it is: ${text}`);
  }
}
