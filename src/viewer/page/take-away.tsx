import { base } from "../../web/page/base.ts";
import { saveFrom } from "../../web/page/jobs.ts";
import { type Luggage, TakeAway } from "../../web/page/take-away.tsx";
import { shownWindow } from "../../web/page/time-window.ts";
import type { ViewedSession } from "./viewed-session.ts";

/** Saves the archive of a run that the server makes; returns what to say of it. */
async function saveRun({ record }: ViewedSession): Promise<string> {
  const { id, branchMs } = record.value!;
  await saveFrom(`${base}runs/${id}/archive.zip`);
  return branchMs === undefined
    ? "isocortex resume, compare, plot and export take the archive as it is."
    : "The archive holds the branch alone. The runs that it comes from are saved in the same way.";
}

/** All forms in which a recorded run, or what was continued of it, can be taken along. */
export function RecordTakeAway({ session }: { readonly session: ViewedSession }) {
  const isBranch = session.record.value?.branchMs !== undefined;
  const luggage: Luggage = {
    done: {
      link: "The link is copied. It opens this moment for as long as this server runs.",
      file: isBranch
        ? "It is the branch as if run so from the beginning; the command repeats it, to the bit."
        : "isocortex run experiment.yaml repeats it, to the bit.",
      command: "The command is copied. It repeats this, to the bit.",
    },
    saveRun: () => saveRun(session),
    raster: (say) => {
      const { endMs, lengthMs } = shownWindow(session.standing.value.timeMs, session.knownMs.value);
      say("Drawing the picture …");
      return session.raster(Math.max(0, endMs - lengthMs), endMs);
    },
    hasRecord: session.fork.value === undefined,
  };
  return <TakeAway session={session} luggage={luggage} />;
}
