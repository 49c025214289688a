/** A worker process. */

import { refuseDebugger } from "../debugger-signal.ts";

// Before all else, which takes a while to load.
refuseDebugger();
await import("./worker.ts");
