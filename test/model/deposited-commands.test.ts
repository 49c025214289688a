import { expect, test } from "vitest";
import { resolveParameters } from "../../src/model/derived-defaults.ts";
import { parseAssignments, readOriginalCommand } from "../../src/model/overrides.ts";
import {
  assignmentsOf,
  commandsOf,
  depositedScripts,
  depositedScripts2014,
} from "./deposited-commands.ts";

test("the deposit's batch scripts issue 114 commands", () => {
  expect(depositedScripts.flatMap(commandsOf)).toHaveLength(114);
});

test.each([...depositedScripts, ...depositedScripts2014])(
  "every command of $file is read, without a note",
  (script) => {
    const expected = assignmentsOf(script).map((assignments) =>
      resolveParameters(parseAssignments(assignments)),
    );
    const read = commandsOf(script).map(([, bare, ...rest]) => {
      const groups = rest.filter((word) => word !== "-c");
      const { overrides, notes } = readOriginalCommand([...groups, bare!]);
      expect(notes).toEqual([]);
      return resolveParameters({ ...(script.model && { model: script.model }), ...overrides });
    });
    expect(read).toEqual(expected);
  },
);
