/* The loops over spikes, a module of its own. */
export { correlation } from "./correlation.ts";
export { synchrony } from "./synchrony.ts";
export { tiling } from "./tiling.ts";
