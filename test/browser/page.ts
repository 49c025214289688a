import { protocolTrace, recordHash } from "./protocol-traces.ts";

/** What the test calls in the page. */
Object.assign(globalThis, { protocolTrace, recordHash });
