#!/usr/bin/env node
import { refuseDebugger } from "../host/debugger-signal.ts";

// Before all else, which takes a while to load.
refuseDebugger();
if (process.env["ISOCORTEX_DEBUG"]) process.setSourceMapsEnabled(true);
await import("./command-line.ts");
