# What slurm.sh and gridengine.sh share: packages, daemons by their pid files, waiting.

usage() {
  sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0" >&2
  exit 2
}

# The second argument in full; every action but `install` has one.
folder_argument() {
  [ "${1:-}" = install ] && return
  [ $# -eq 2 ] || usage
  mkdir -p "$2"
  (cd "$2" && pwd)
}

have() { command -v "$@" >/dev/null; }

# Installs Debian packages without asking, and without starting their daemons.
install_packages() {
  if [ "$(id -u)" != 0 ] || ! have apt-get; then
    echo "error: $* must be installed; expected root on Debian or its kin to do that" >&2
    exit 1
  fi
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod +x $policy
    trap "rm -f $policy" EXIT
  fi
  export DEBIAN_FRONTEND=noninteractive
  quietly apt-get update -qq
  quietly apt-get install -y -qq --no-install-recommends "$@"
}

# Runs a command, and shows what it says only if it fails.
quietly() {
  local output
  output=$("$@" 2>&1) || {
    printf 'error: %s:\n%s\n' "$*" "$output" >&2
    return 1
  }
}

# Whether the process in a pid file runs; one that has ended and waits for its parent does not.
alive() {
  local pid
  pid=$(cat "$1" 2>/dev/null) && [ -n "$pid" ] || return 1
  grep -q '^State:\s*[^ZX]' "/proc/$pid/status" 2>/dev/null
}

dead() { ! alive "$1"; }

end() {
  alive "$1" || return 0
  kill "$(cat "$1")" 2>/dev/null || true
  try_until 10 dead "$1" || kill_hard "$1"
}

kill_hard() {
  alive "$1" || return 0
  kill -KILL "$(cat "$1")"
  wait_until 10 "a killed process to be gone" dead "$1"
}

# Ends what a daemon of ours has left behind, known by a variable in its environment.
end_processes_with() {
  local entry pid
  for entry in /proc/[0-9]*; do
    pid=${entry#/proc/}
    [ "$pid" = $$ ] && continue
    is_ours "$pid" && continue
    tr '\0' '\n' <"$entry/environ" 2>/dev/null | grep -qxF "$1" && kill -KILL "$pid" || true
  done 2>/dev/null
}

# Whether a process is this script or one that it descends from.
is_ours() {
  local ancestor=$$
  while [ "$ancestor" -gt 1 ]; do
    [ "$ancestor" = "$1" ] && return 0
    ancestor=$(awk '/^PPid:/ { print $2 }' "/proc/$ancestor/status")
  done
  return 1
}

try_until() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.1
  done
}

wait_until() {
  local seconds=$1 what=$2
  shift 2
  try_until "$seconds" "$@" && return
  echo "error: waited $seconds s in vain for $what; see the logs in $folder" >&2
  exit 1
}

# Ports nobody listens on.
free_ports() {
  node -e '
    const { createServer } = require("node:net");
    const servers = Array.from({ length: Number(process.argv[1]) }, () => createServer().listen(0));
    setTimeout(() => {
      console.log(servers.map((server) => server.address().port).join(" "));
      for (const server of servers) server.close();
    }, 50);
  ' "$1"
}
