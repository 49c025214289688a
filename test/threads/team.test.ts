import { afterEach, expect, it, vi } from "vitest";
import { createTeamMemory, MemberNotBegunError, TeamMember } from "../../src/threads/team.ts";

afterEach(() => vi.restoreAllMocks());

it("a leader does not wait for ever for a member that does not begin", () => {
  const needs = { stateBytes: 1000, spikeCapacity: 10 };
  const leader = new TeamMember(createTeamMemory(2, needs), 0);
  // Two minutes pass at once.
  const waits = vi.spyOn(Atomics, "wait").mockReturnValue("timed-out");
  expect(() => leader.give("advance", 1)).toThrow(MemberNotBegunError);
  expect(waits).toHaveBeenCalledTimes(120);
});
