import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app.tsx";
import { applyTheme, theme } from "./appearance.ts";
import { earlyWorker, linkOfAddress, startColumn } from "./early-worker.ts";
import { LiveSession } from "./live-session.ts";
import { keepPage } from "./offline.ts";

effect(() => applyTheme(theme.value));

const session = new LiveSession(startColumn, earlyWorker);

render(<App session={session} />, document.querySelector("#page")!);
addEventListener("hashchange", () => session.open(linkOfAddress()));

// A page that nobody sees waits, and goes on where it was.
let wasPlaying = false;
document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    wasPlaying = session.standing.value.isPlaying;
    if (wasPlaying) session.pause();
  } else if (wasPlaying) session.play();
});

void keepPage((problem) => {
  session.problem.value = problem;
});
