import { defineConfig } from "vitest/config";

// Sweeps on real schedulers, which are installed and started on this computer: see test/clusters.
export default defineConfig({
  test: {
    include: ["test/clusters/**/*.cluster.ts"],
    testTimeout: 1_200_000,
    hookTimeout: 600_000,
    // Both schedulers' tasks want all cores.
    fileParallelism: false,
  },
});
