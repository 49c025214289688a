import { effect } from "@preact/signals";
import { render } from "preact";
import { applyTheme, theme } from "../../web/page/appearance.ts";
import { base } from "../../web/page/base.ts";
import { linkedMoment } from "../worker/moment-link.ts";
import { ViewedApp } from "./viewed-app.tsx";
import { type Listing, ViewedSession } from "./viewed-session.ts";

effect(() => applyTheme(theme.value));

const session = new ViewedSession(
  () => new Worker(new URL("viewed-column.js", base), { type: "module" }),
);

/** A growing record is looked at again so often, and so is the list, ms. */
const REFRESH_MS = 2000;

render(<ViewedApp session={session} />, document.querySelector("#page")!);

async function list(): Promise<void> {
  try {
    const response = await fetch(`${base}runs.json`);
    if (!response.ok) throw new Error((await response.text()).trim());
    session.listing.value = (await response.json()) as Listing;
  } catch {
    session.problem.value = {
      title: "The runs cannot be listed",
      message:
        "The server of this page does not answer. Start isocortex view again and open the " +
        "address that it prints.",
    };
  }
}

/** Opens what the address names, or the only run that there is. */
function openAddress(): void {
  const runs = session.listing.value?.runs ?? [];
  const wanted = linkedMoment(location.hash.slice(1));
  const only = runs.length === 1 ? runs[0]!.id : undefined;
  const id = wanted?.id ?? only;
  if (id !== undefined) session.openRun(id, wanted?.timeMs);
}

await list();
openAddress();
addEventListener("hashchange", openAddress);

setInterval(() => {
  if (document.hidden) return;
  const isGrowing = session.record.value?.state === "recording";
  if (isGrowing && !session.fork.value) session.refresh();
}, REFRESH_MS);
setInterval(() => {
  const runs = session.listing.value?.runs ?? [];
  if (!document.hidden && runs.some(({ state }) => state === "recording")) void list();
}, 5 * REFRESH_MS);
