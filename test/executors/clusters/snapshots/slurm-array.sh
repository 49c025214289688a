#!/bin/bash
#SBATCH --job-name=gain-target
#SBATCH --array=0-24%50
#SBATCH --output=logs/%x-%A_%a.log
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:USR1@60
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --time=01:30:00
#SBATCH --mem=382M
#SBATCH --partition=short
#SBATCH --account=cortex
#SBATCH -m n

module load nodejs/20

study='/data/Anna'\''s study'
rows='/data/Anna'\''s study/jobs/0001/array-1.rows'

# This task's lines of the file of rows.
first=$(((SLURM_ARRAY_TASK_ID) * 4 + 1))
mine=$(sed -n "$first,$((first + 3))p" "$rows")
if [ -z "$mine" ]; then echo "error: $rows has no line $first" >&2; exit 1; fi

# Before its time limit the task is warned: the current run writes a checkpoint and ends, and
# the task is requeued. A request to end is passed on in the same way, without requeueing.
warned= ended= run=
stop() { [ -z "$run" ] || kill -TERM "$run" 2>/dev/null; }
trap 'warned=yes; stop' USR1
trap 'ended=yes; stop' TERM INT
requeue() {
  echo "Warned: completed work is kept, and the task is requeued." >&2
  # Repeat until the controller answers or the time is over.
  until scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"; do sleep 5; done
  exit 0
}

status=0
for row in $mine; do
  [ -z "$warned$ended" ] || break
  (exec /usr/bin/node '/opt/iso cortex/main.js' sweep task "$study" "$row" --plan 1) &
  run=$!
  wait "$run"; code=$?
  # A signal interrupts the waiting.
  while kill -0 "$run" 2>/dev/null; do wait "$run"; code=$?; done
  run=
  [ "$code" -eq 0 ] || status=$code
done
[ -z "$ended" ] || exit 143
[ -z "$warned" ] || requeue
exit "$status"
