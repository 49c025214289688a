import type { ParameterOverrides } from "../model/parameters.ts";

/** An experiment that can be run by name. */
export interface Preset {
  readonly name: string;
  /** Title, one line. */
  readonly title: string;
  /** The figures of Rowan & Neymotin (2013) that it reproduces, such as "4, 6, 7a, 7c", or null. */
  readonly figure: string | null;
  /** Description in full sentences. */
  readonly description: string;
  readonly overrides: ParameterOverrides;
  /**
   * The overrides in the original's notation, as `isocortex runsim` takes them, of the 2014 model
   * with `--model 2014`: for published experiments a command of the original. It has no
   * `sensorDecay`, which quick ones of 2013 need.
   */
  readonly original: string;
}
