#!/bin/sh
# Tests the claims of Rowan & Neymotin (2013) in independent networks, with controls: at published
# length (about a day on two cores, 45 GB), or with the argument "quick" in their short forms
# (minutes). After an interruption the same command continues. Further arguments go to every command,
# such as --dry-run or --workers 4. ISOCORTEX is the command to use (default: isocortex), RESULTS the
# folder of the studies (default: claims, claims-quick).
set -eu
here=$(dirname "$0")
form=""
if [ "${1:-}" = quick ]; then
  form=-quick
  shift
fi

isocortex=${ISOCORTEX:-isocortex}
results=${RESULTS:-claims$form}

# replicate NAME EXPERIMENT NETWORKS OPTION…: pairs without and with scaling
replicate() {
  name=$1
  experiment=$2
  networks=$3
  shift 3
  echo "== $name"
  $isocortex replicate "$experiment$form" --seeds "$networks" --out "$results/$name" "$@"
}

# A hyperactive column takes twenty times as long and tells nothing new: runs end where it begins.
failure="{ id: failure, when: { measure: rate, cells: E, over: 10 s, above: 30 Hz }, once: true, end: {} }"

# Necessity of scaling under potentiation; learning unaltered; rhythms.
replicate training training 20 --add "$failure" "$@"
# Controls: the same inputs at random times, and none at all.
replicate training-shuffled training 5 --add "$failure" --set trainingShuffled=true "$@"
replicate training-silent training 5 --add "$failure" --add "{ id: training, remove: true }" "$@"
if [ -e "$results/training-silent/results/runs.csv" ]; then
  ${NODE:-node} "$here/../notes/learning-unaltered/trace.mjs" \
    "$results/training" "$results/training-shuffled" "$results/training-silent"
fi
# Regulation of activity.
replicate scaling scaling 5 "$@"
# Necessity of scaling under atrophy: as in the deposited README; with its step and the durations of
# a batch script; and with external input kept, which leaves loss of cells alone.
replicate deletion-as-deposited deletion-as-deposited 5 --add "$failure" "$@"
replicate deletion deletion 5 "$@"
replicate deletion-external-input-kept deletion 5 --set reduceExternalInput=false "$@"
# As in each batch script.
echo "== deletion-scripts"
$isocortex sweep "$here/deletion-scripts$form.yaml" --out "$results/deletion-scripts" "$@"
