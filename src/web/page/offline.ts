import { base } from "./base.ts";
import type { Problem } from "./live-session.ts";

/** Keeps the page for use without a network; says so where the browser has no room for it. */
export async function keepPage(say: (problem: Problem) => void): Promise<void> {
  if (!("serviceWorker" in navigator) || !isSecureContext) return;
  try {
    const registration = await navigator.serviceWorker.register(new URL("service-worker.js", base));
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state !== "redundant" || registration.active) return;
      const message =
        "The browser has no room for it, or could not load all of it. Everything works as long as " +
        "there is a network; to have it without one, free some storage and reload.";
      say({ title: "This page could not be kept for use without a network", message });
    });
  } catch {
    // Private windows keep nothing: the message would come at every visit.
  }
}
