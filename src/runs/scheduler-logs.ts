/** Names that schedulers and shells give to the output of a job. */
const patterns: readonly RegExp[] = [
  // GridEngine, PBS: NAME.o123, NAME.pe123.4
  /\.p?[oe]\d+(?:[.-]\d+)*$/,
  // Slurm, LSF: slurm-123_4.out, NAME-123.err
  /(?:^|[-_.])\d+(?:_\d+)?\.(?:out|err|log)$/,
  // HTCondor and common habits
  /^(?:nohup\.out|(?:stdout|stderr|job)(?:\.(?:txt|log|out|err))?)$/,
];

/**
 * True if a file is named like the output of a scheduler's job, which is there before the job
 * begins: the original's jobs have theirs in the run's own directory.
 */
export const isSchedulerLog = (name: string): boolean =>
  patterns.some((pattern) => pattern.test(name));
