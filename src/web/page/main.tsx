import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app.tsx";
import { applyTheme, theme } from "./appearance.ts";
import { linkOfAddress, startColumn } from "./column-worker.ts";
import { type EarlyWorker, LiveSession } from "./live-session.ts";
import { keepPage } from "./offline.ts";

/** Shows the page of a column that is being opened. */
export function showPage(early: EarlyWorker): void {
  effect(() => applyTheme(theme.value));
  const session = new LiveSession(startColumn, early);
  render(<App session={session} />, document.querySelector("#page")!);
  addEventListener("hashchange", () => session.open(linkOfAddress()));
  waitWhileHidden(session);
  void session.underWay.then(() =>
    keepPage((problem) => {
      session.problem.value = problem;
    }),
  );
}

/** A page that nobody sees waits, and goes on where it was. */
function waitWhileHidden(session: LiveSession): void {
  let wasPlaying = false;
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      wasPlaying = session.standing.value.isPlaying;
      if (wasPlaying) session.pause();
    } else if (wasPlaying) session.play();
  });
}
