import { freemem } from "node:os";

/**
 * Memory that the system, or the container that this process is in, has left, bytes. The first
 * releases of Node.js 20 do not know of containers.
 */
export const availableBytes = (): number => process.availableMemory?.() || freemem();
