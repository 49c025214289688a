import { useState } from "preact/hooks";
import { Panel } from "./controls.tsx";
import { saveBytes, startJob } from "./jobs.ts";
import type { LiveSession } from "./live-session.ts";

/** All forms in which the experiment up to now can be taken along. */
export function TakeAway({ session }: { readonly session: LiveSession }) {
  const [said, say] = useState("");
  const [command, setCommand] = useState("");
  const copyLink = async () => {
    const { link } = await session.describe();
    const address = `${location.origin}${location.pathname}${location.search}#${link}`;
    history.replaceState(null, "", `#${link}`);
    await copy(address, say, "The link is copied. It opens this experiment at this moment.");
  };
  const saveFile = async () => {
    const { file } = await session.describe();
    saveBytes(new TextEncoder().encode(file), "experiment.yaml", "application/yaml");
    say("isocortex run experiment.yaml repeats it, to the bit.");
  };
  const showCommand = async () => {
    const { command: line } = await session.describe();
    setCommand(line);
    await copy(line, say, "The command is copied.");
  };
  const saveRun = async () => {
    const { file, momentMs } = await session.describe();
    if (momentMs === 0) return say("Nothing has been simulated yet.");
    const job = { kind: "record", text: file, untilMs: momentMs, label: "column" } as const;
    say("Simulating it from the beginning …");
    try {
      await startJob(job, (report) => {
        if (report.kind === "progress") say(`Recording: ${Math.round(100 * report.done)} %`);
        if (report.kind === "archive") saveBytes(report.bytes, report.name, "application/zip");
      });
      say("Unpack column.zip: isocortex resume, compare, plot and export take the directory.");
    } catch (error) {
      say(`The run could not be recorded: ${(error as Error).message}`);
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
      </div>
      <p class="note" role="status">
        {said}
      </p>
      {command && <pre>{command}</pre>}
    </Panel>
  );
}

async function copy(text: string, say: (words: string) => void, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say(done);
  } catch {
    say(`This browser does not let pages copy. Here it is: ${text}`);
  }
}
