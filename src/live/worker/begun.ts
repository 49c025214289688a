import type { Report } from "./messages.ts";

/** The first thing that the worker does, before it reads the rest of its program. */
const report: Report = { kind: "begun" };
(globalThis as unknown as { postMessage(report: Report): void }).postMessage(report);
