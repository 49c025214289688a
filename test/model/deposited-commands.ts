/** A batch script of the original: a run for each value of what it varies. */
export interface DepositedScript {
  /** The first one when absent. */
  readonly model?: "2014";
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

const stimulationRates = ["0.5", "1", "2", "3", "4", "5", "10", "20", "30"];
const stimulationWeights = ["0.5", "1", "2", "3", "4", "5", "6"];
const dying = ["useprosthesis=1", "deleting=1"];
const local = [...dying, "nproscellpops=1"];
const ofTwo = [...dying, "nproscellpops=2"];
const alone = ["useprosthesis=1", "deleting=0"];
const starts = "16000e3 24000e3 40000e3 64000e3 90000e3 120000e3 160000e3".split(" ");
const information = ["useinfosignal=1", "infosignalstart=0"];
const tested = ["useprosthesis=1", "deleting=0", "scaling=0", "useinfosignal=1"];
const testedTimes = [
  "DeletionDur=1600e3",
  "PreDur=3200",
  "infosignalstart=1600e3",
  "prosthesisstart=2400e3",
];

const script2014 = (...[file, ...rest]: Parameters<typeof script>): DepositedScript => ({
  ...script(`experiments/${file}.sh`, ...rest),
  model: "2014",
});

/**
 * All batch scripts of ModelDB 154096. Two vary a name that means nothing, "abc"; that of the rates
 * of stimulation alone also has 0 Hz, which is no rate of ours.
 */
export const depositedScripts2014: readonly DepositedScript[] = [
  script2014("0deletionNoscaling", "dynamicdelete", ["0"], ["useprosthesis=0", "scaling=0"]),
  script2014("1AD", "useprosthesis", ["0"], []),
  script2014("3ADprosfreq", "prosfreq", stimulationRates, dying),
  script2014("3ADproswt", "proswt", stimulationWeights, dying),
  script2014("4localADprosfreq", "prosfreq", stimulationRates, local),
  script2014("4localADproswt", "proswt", stimulationWeights, local),
  script2014("6testinfo", "proswt", ["2"], [...tested, ...testedTimes]),
  script2014("7ADinfo", "proswt", ["1", "3", "4", "5", "6"], [...dying, ...information]),
  script2014("unused/2onlystimprosfreq", "prosfreq", stimulationRates, alone),
  script2014("unused/2onlystimproswt", "proswt", stimulationWeights, alone),
  script2014("unused/4localADprosfreqE5", "prosfreq", stimulationRates, ofTwo),
  script2014("unused/4localADproswtE5", "proswt", stimulationWeights, ofTwo),
  script2014("unused/5prosthesisstart", "prosthesisstart", starts, dying),
];

/** What the batch scripts of the second model set in the run of a seed. */
export const seedAssignments = (seed: number): string[] => [
  ...["inputseed", "pseed", "dvseed", "stimseed"].map((name) => `${name}=${seed}`),
  `randsy=${-seed}`,
];

/** The arguments of runsim.sh in each run of a script, as the shell splits them. */
export const commandsOf = ({ varied, values, fixed }: DepositedScript): string[][] =>
  values.map((value) => [
    `data/${varied}${value}`,
    `${varied}=${value}`,
    ...fixed.flatMap((assignment) => ["-c", `{${assignment}}`]),
  ]);

/** The same runs as overrides, name by name. */
export const assignmentsOf = ({ model, varied, values, fixed }: DepositedScript): string[][] =>
  values.map((value) => [...(model ? [`model=${model}`] : []), ...fixed, `${varied}=${value}`]);
