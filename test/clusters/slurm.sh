#!/usr/bin/env bash
# Slurm on this one computer, as root and without systemd, with all of its state in one folder.
#
#   test/clusters/slurm.sh install             Debian's packages, unless they are there
#   test/clusters/slurm.sh start FOLDER        write the configuration, start what does not run
#   test/clusters/slurm.sh env FOLDER          variables for sbatch and the like: eval "$(…)"
#   test/clusters/slurm.sh kill-controller FOLDER | start-controller FOLDER
#   test/clusters/slurm.sh stop FOLDER         end the daemons and every job
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/daemons.sh"

# Small, so that a sweep of a dozen runs needs several arrays.
max_array_size=${ISOCORTEX_MAX_ARRAY_SIZE:-8}
# More than there are cores: what counts here is that tasks run at once, not how fast.
slots=4

install() {
  have sbatch slurmctld slurmd munged || install_packages slurm-wlm munge
}

configure() {
  mkdir -p "$folder"/{state,spool,log,munge}
  [ -s "$folder/munge/key" ] || head -c 1024 /dev/urandom >"$folder/munge/key"
  chmod 600 "$folder/munge/key"
  [ -s "$folder/slurm.conf" ] && return
  local controller_port daemon_port memory_mb
  memory_mb=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
  read -r controller_port daemon_port < <(free_ports 2)
  cat >"$folder/slurm.conf" <<END
ClusterName=isocortex-test
SlurmctldHost=$(hostname -s)(127.0.0.1)
SlurmctldPort=$controller_port
SlurmdPort=$daemon_port
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
# A job that is requeued may begin again when its old credential has expired: soon.
AuthInfo=socket=$folder/munge/socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MailProg=/bin/true
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
ReturnToService=2
MaxArraySize=$max_array_size
KillWait=5
# Seconds count in a test: no waiting for better jobs, no long memory of old ones.
SchedulerType=sched/builtin
SchedulerParameters=batch_sched_delay=0,sched_interval=2,sched_min_interval=0
MinJobAge=300
NodeName=$(hostname -s) NodeAddr=127.0.0.1 CPUs=$slots RealMemory=$memory_mb State=UNKNOWN
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
}

start() {
  configure
  alive "$folder/munge/pid" || munged --force --key-file="$folder/munge/key" \
    --socket="$folder/munge/socket" --pid-file="$folder/munge/pid" \
    --seed-file="$folder/munge/seed" --log-file="$folder/log/munged.log"
  start_controller
  alive "$folder/slurmd.pid" || slurmd
  wait_until 30 "Slurm to offer a node" node_is_ready
}

start_controller() {
  alive "$folder/slurmctld.pid" || slurmctld
  wait_until 30 "slurmctld to answer" controller_answers
}

controller_answers() { scontrol ping | grep -q "is UP"; }
node_is_ready() { sinfo --noheader --format=%t | grep -qE '^(idle|mix|alloc)$'; }

stop() {
  if alive "$folder/slurmctld.pid" && controller_answers; then
    scancel --signal=KILL --user=root || true
    scancel --user=root || true
  fi
  end "$folder/slurmctld.pid"
  end "$folder/slurmd.pid"
  end_processes_with "SLURM_CONF=$folder/slurm.conf"
  end "$folder/munge/pid"
}

environment() { echo "export SLURM_CONF='$folder/slurm.conf'"; }

folder=$(folder_argument "$@")
export SLURM_CONF=$folder/slurm.conf
case ${1:-} in
  install) install ;;
  start) start ;;
  stop) stop ;;
  env) environment ;;
  kill-controller) kill_hard "$folder/slurmctld.pid" ;;
  start-controller) start_controller ;;
  *) usage ;;
esac
