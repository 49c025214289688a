#!/bin/bash
#$ -N gain-target
#$ -t 1-25
#$ -tc 50
#$ -S /bin/bash
#$ -cwd
#$ -o logs
#$ -j y
#$ -r y
#$ -notify
#$ -l s_rt=5340,h_rt=5400
#$ -l mem_free=382M
#$ -q short
#$ -P cortex
#$ -m n

module load nodejs/20

study='/data/Anna'\''s study'
rows='/data/Anna'\''s study/jobs/0001/array-1.rows'

# This task's lines of the file of rows.
first=$(((SGE_TASK_ID - 1) * 4 + 1))
mine=$(sed -n "$first,$((first + 3))p" "$rows")
if [ -z "$mine" ]; then echo "error: $rows has no line $first" >&2; exit 1; fi

# Before its time limit the task is warned: the current run writes a checkpoint and ends, and
# the task is requeued. A request to end is passed on in the same way, without requeueing.
warned= ended= run=
stop() { [ -z "$run" ] || kill -TERM "$run" 2>/dev/null; }
trap 'warned=yes; stop' USR1 USR2
trap 'ended=yes; stop' TERM INT
requeue() {
  echo "Warned: completed work is kept, and the task is requeued." >&2
  # This exit code makes GridEngine run the task again.
  exit 99
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
