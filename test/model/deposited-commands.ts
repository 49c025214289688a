/** A batch script of the original: a run for each value of what it varies. */
export interface DepositedScript {
  /** Below batchscripts/ in the deposit. */
  readonly file: string;
  readonly varied: string;
  readonly values: readonly string[];
  /** What all its runs have. */
  readonly fixed: readonly string[];
}

const betas = ["4e-5", "4e-6", "4e-7", "4e-8", "4e-9", "4e-10", "4e-11", "4e-12"];
const gammas = ["1e-7", "1e-8", "1e-9", "1e-10", "1e-11", "1e-12", "1e-13", "1e-14", "1e-15"];
const steps = ["0.0001", "0.0005", "0.001", "0.005", "0.01", "0.05"];
const rates = ["2", "4", "6", "8", "10", "12", "14", "16"];

const training = ["stdpsim=1", "scaling=0"];
const trainingAndScaling = ["stdpsim=1", "scaling=1"];
const shuffled = ["plastEEmaxw=1e10", "TrainRand=1"];
const unlimited = ["activitybeta=4.0e-7", "activitygamma=1.0e-9", "plastEEmaxw=1e10"];
const scalingAlone = [...trainingAndScaling, "PreDur=160000", "PostDur=0", "LearnDur=0"];
const deletion = ["stdpsim=0", "scaling=0", "PreDur=160000", "segmentlength=1600e3", "LearnDur=0"];
const deletionAndScaling = [
  "stdpsim=0",
  "scaling=1",
  "scalingstart=1000e3",
  "segmentlength=1600e3",
  "PreDur=160000",
  "LearnDur=0",
  "deletionstep=2",
];

const script = (
  file: string,
  varied: string,
  values: readonly string[],
  fixed: readonly string[],
): DepositedScript => ({ file, varied, values, fixed });

/** All batch scripts of ModelDB 147141. */
export const depositedScripts: readonly DepositedScript[] = [
  script(
    "alz/activitybeta.sh",
    "activitybeta",
    ["4.0e-10", "4.0e-9", "4.0e-8", "4.0e-7", "4.0e-6"],
    [],
  ),
  script(
    "alz/activitygamma.sh",
    "activitygamma",
    "1.0e-5 1.0e-6 1.0e-7 1.0e-8 1.0e-9 1.0e-10 0.5e-10 1.0e-11 0.5e-11 1.0e-12 0.5e-12 1.0e-13".split(
      " ",
    ),
    [],
  ),
  script("stdpscaling/STDPtinkering/onlytrainingAllTrainRand-plastinc", "plastEEinc", steps, [
    ...training,
    ...shuffled,
  ]),
  script("stdpscaling/STDPtinkering/onlytrainingunlimited-plastinc", "plastEEinc", steps, [
    ...training,
    ...unlimited,
  ]),
  script("stdpscaling/STDPtinkering/trainingandscalingAllTrainRand-plastinc", "plastEEinc", steps, [
    ...trainingAndScaling,
    ...shuffled,
  ]),
  script("stdpscaling/STDPtinkering/trainingandscalingactivitytau-plastinc", "plastEEinc", steps, [
    ...trainingAndScaling,
    "activitytau=100e1",
  ]),
  script("stdpscaling/STDPtinkering/trainingandscalingunlimited-plastinc", "plastEEinc", steps, [
    ...trainingAndScaling,
    ...unlimited,
  ]),
  script(
    "stdpscaling/onlydeletion",
    "deletionstep",
    ["1", "2", "3", "4", "5"],
    [...deletion, "PostDur=0"],
  ),
  script("stdpscaling/onlyscaling-activitybeta", "activitybeta", betas, scalingAlone),
  script("stdpscaling/onlyscaling-activitygamma", "activitygamma", gammas, scalingAlone),
  script("stdpscaling/onlytraining-plastinc", "plastEEinc", steps, training),
  script("stdpscaling/onlytraining-trainrate", "TrainRate", rates, training),
  script("stdpscaling/scalingwithdeletion-activitybeta", "activitybeta", betas, deletionAndScaling),
  script(
    "stdpscaling/scalingwithdeletion-activitygamma",
    "activitygamma",
    gammas,
    deletionAndScaling,
  ),
  script("stdpscaling/trainingandscaling-plastinc", "plastEEinc", steps, trainingAndScaling),
  script("stdpscaling/trainingandscaling-trainrate", "TrainRate", rates, trainingAndScaling),
];

/** The arguments of runsim.sh in each run of a script, as the shell splits them. */
export const commandsOf = ({ varied, values, fixed }: DepositedScript): string[][] =>
  values.map((value) => [
    `data/${varied}${value}`,
    `${varied}=${value}`,
    ...fixed.flatMap((assignment) => ["-c", `{${assignment}}`]),
  ]);

/** The same runs as overrides, name by name. */
export const assignmentsOf = ({ varied, values, fixed }: DepositedScript): string[][] =>
  values.map((value) => [...fixed, `${varied}=${value}`]);
