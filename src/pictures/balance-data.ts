import { cellsOf, isExcitatory } from "../analysis/firing/cell-groups.ts";
import type { Interval } from "../analysis/firing/interval.ts";
import type { BalanceRun } from "../figures/balance.ts";
import { balanceCourse, meanInput, type SynapticBalance } from "../measures/synaptic-balance.ts";
import { type DrawnRun, identityOf, populationsOf } from "./drawn-run.ts";

/** Synaptic input of a run's excitatory cells at the times at which gains and scale factors are known. */
export function balanceRun(run: DrawnRun, shown: Interval): BalanceRun {
  const excitatory = cellsOf(populationsOf(run), isExcitatory);
  const course = [...balanceCourse(run.history, shown)];
  const courseOf = (value: (balance: SynapticBalance) => number) =>
    Float64Array.from(course, value);
  const meanOf = (name: "excitatoryMv" | "inhibitoryMv") =>
    courseOf((balance) => meanInput(balance, name, excitatory));
  return {
    ...identityOf(run, shown),
    timesMs: courseOf(({ timeMs }) => timeMs),
    excitatoryMv: meanOf("excitatoryMv"),
    inhibitoryMv: meanOf("inhibitoryMv"),
    recurrentGain: courseOf(({ recurrentGain }) => recurrentGain.excitatory.radius),
  };
}
