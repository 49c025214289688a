#!/bin/sh
# The computations of docs/notes: all studies and their tables (an hour of one core), or those of the
# notes that are named, such as "windup". After an interruption the same command continues.
# ISOCORTEX is the command to use (default: isocortex), RESULTS the folder of the studies (default:
# notes).
set -eu
here=$(dirname "$0")
isocortex=${ISOCORTEX:-isocortex}
results=${RESULTS:-notes}
[ $# -gt 0 ] || set -- windup learning-unaltered atrophy-or-deafferentation

for note in "$@"; do
  for file in "$here/$note"/*.yaml; do
    name=$(basename "$file" .yaml)
    case $name in column | input) continue ;; esac # experiments of the studies
    echo "== $note/$name"
    $isocortex sweep "$file" --out "$results/$note/$name"
    for table in "$here/$note"/*.mjs; do
      [ ! -e "$table" ] || ${NODE:-node} "$table" "$results/$note/$name"
    done
  done
done
