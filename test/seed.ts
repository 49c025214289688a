import fc from "fast-check";

// Property tests draw the same cases every time: a failure is due to a change, not to chance.
// ISOCORTEX_TEST_SEED=N draws others.
fc.configureGlobal({ seed: Number(process.env.ISOCORTEX_TEST_SEED ?? 147141) });
