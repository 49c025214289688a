/** A worker process. */

import { refuseDebugger } from "../../host/debugger-signal.ts";

// Before all else, which takes a while to load.
refuseDebugger();
await import("./answers.ts");
