import type { RasterData } from "../../live/worker/messages.ts";
import { saveBytes, startJob } from "./jobs.ts";
import type { LiveSession } from "./live-session.ts";
import { type Luggage, type Say, TakeAway } from "./take-away.tsx";
import { shownWindow } from "./time-window.ts";

/** The experiment up to now, and its file as it is simulated again for a record. */
async function simulated(session: LiveSession) {
  const { text, momentMs: untilMs } = await session.describe("file");
  if (untilMs === 0) throw new Error("nothing has been simulated yet.");
  return { text, untilMs };
}

async function saveRun(session: LiveSession, say: Say): Promise<string> {
  const job = { kind: "record", label: "column", ...(await simulated(session)) } as const;
  await startJob(job, (report) => {
    if (report.kind === "progress") say(`Recording: ${Math.round(100 * report.done)} %`);
    if (report.kind === "archive") saveBytes(report.bytes, report.name, "application/zip");
  });
  return "isocortex resume, compare, plot and export take column.zip as it is.";
}

async function raster(session: LiveSession, say: Say): Promise<RasterData> {
  const { text, untilMs } = await simulated(session);
  const { lengthMs } = shownWindow(untilMs, untilMs);
  let drawn: RasterData | undefined;
  const job = { kind: "raster", text, fromMs: Math.max(0, untilMs - lengthMs), untilMs } as const;
  await startJob(job, (report) => {
    if (report.kind === "progress") say(`Simulating: ${Math.round(100 * report.done)} %`);
    if (report.kind === "raster") drawn = report.raster;
  });
  return drawn!;
}

/** All forms in which the experiment up to now can be taken along, or another one be opened. */
export function LiveTakeAway({ session }: { readonly session: LiveSession }) {
  const luggage: Luggage = {
    done: {
      link: "The link is copied. It opens this experiment at this moment.",
      file: "isocortex run experiment.yaml repeats it, to the bit.",
      command: "The command is copied.",
    },
    saveRun: (say) => saveRun(session, say),
    raster: (say) => raster(session, say),
  };
  return (
    <TakeAway session={session} luggage={luggage}>
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
    </TakeAway>
  );
}
