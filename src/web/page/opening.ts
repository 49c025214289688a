import type { Order, Report } from "../../live/worker/messages.ts";
import { linkOfAddress, openingSpeed, startColumn } from "./column-worker.ts";

/**
 * The page's first script: the column opens while the page itself is still being read. It is
 * bundled without imports and loaded as no module: with modules, browsers wait for the page.
 */
const [worker, link, said] = [startColumn(), linkOfAddress(), [] as Report[]];

/** The worker has begun, or could not: until then, it waits for this thread. */
const begun = new Promise<string | undefined>((resolve) => {
  worker.onmessage = ({ data }: MessageEvent<Report>) => {
    if (data.kind === "begun") resolve(undefined);
    else said.push(data);
  };
  worker.onerror = ({ message }) => resolve(message || "its program could not be read");
});
const order: Order = { kind: "open", link, speed: openingSpeed(link) };
worker.postMessage(order);

void begun.then(async (failure) => {
  const { showPage } = await import("./main.tsx");
  showPage({ worker, link, said, failure });
});
