/**
 * Ignores SIGUSR1, by which schedulers warn of the end, unless something heeds it: Node.js would
 * open a debugger's port.
 */
export function refuseDebugger(): void {
  process.on("SIGUSR1", () => {});
}
