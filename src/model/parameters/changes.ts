import type { Change, RunChange } from "../parameter-definition.ts";

/* How late parameters can be changed, and why no later. */

export const anyTime: RunChange = { latest: "any time" };

/** For what entries of the timeline with these keys say. */
export const byEntry = (keys: string): RunChange => ({
  latest: "branch",
  reason: `an entry of the timeline says it: ${keys}`,
});

export const lengthOrRecord: RunChange = {
  latest: "branch",
  reason: "it decides how long the run is or what of it is recorded",
};

export const otherDefaults: RunChange = {
  latest: "branch",
  reason: "it has no effect, or only where other parameters are derived from it",
};

export const newNetwork: Change = {
  latest: "beginning",
  reason: "it decides how the network is built, and a branch keeps its parent's network",
};

export const newRules: Change = {
  latest: "beginning",
  reason: "it decides by which rules cells live, so it would change the past",
};

export const newPast: Change = {
  latest: "beginning",
  reason: "cells' states decay with it from their last events on, so it would change the past",
};
