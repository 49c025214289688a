#!/usr/bin/env bash
# GridEngine on this one computer, as root and without systemd, with all of its state in one folder.
#
#   test/clusters/gridengine.sh install           Debian's packages, unless they are there
#   test/clusters/gridengine.sh start FOLDER      write the configuration, start what does not run
#   test/clusters/gridengine.sh env FOLDER        variables for qsub and the like: eval "$(…)"
#   test/clusters/gridengine.sh kill-controller FOLDER | start-controller FOLDER
#   test/clusters/gridengine.sh stop FOLDER       end the daemons and every job
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/daemons.sh"

# Small, so that a sweep of a dozen runs needs several arrays.
max_array_size=${ISOCORTEX_MAX_ARRAY_SIZE:-8}
# More than there are cores: what counts here is that tasks run at once, not how fast.
slots=4
# How long before it kills a task GridEngine warns it, s.
notice=${ISOCORTEX_NOTICE_S:-5}

install() {
  have qsub sge_qmaster sge_execd && return
  # Debian's own cell is not wanted: ours is elsewhere.
  debconf-set-selections <<'END'
gridengine-common shared/gridengineconfig boolean false
END
  install_packages gridengine-master gridengine-exec gridengine-client
}

configure() {
  [ -s "$folder/ports" ] && return
  local library=/usr/lib/gridengine
  mkdir -p "$folder"/{default/common,qmaster/job_scripts,spooldb,execd,log}
  ln -sfn /var/lib/gridengine/bin "$folder/bin"
  ln -sfn /var/lib/gridengine/lib "$folder/lib"
  ln -sfn /usr/share/gridengine/util "$folder/util"
  sed -e "s|/var/spool/gridengine|$folder|" -e "s|^admin_user .*|admin_user root|" \
    /usr/share/gridengine/default-bootstrap >"$folder/default/common/bootstrap"
  # GridEngine insists that names and addresses agree, which they need not on a lone computer.
  echo "localhost $(hostname) $(hostname -s)" >"$folder/default/common/host_aliases"
  echo localhost >"$folder/default/common/act_qmaster"
  sed -e "s|/var/spool/gridengine|$folder|" -e "s|^mailer .*|mailer /bin/true|" \
    -e "s|^\(min_[ug]id\) .*|\1 0|" -e "s|^\(max_aj_tasks\) .*|\1 $max_array_size|" \
    -e "s|^load_report_time .*|load_report_time 00:00:02|" \
    /usr/share/gridengine/default-configuration >"$folder/configuration"
  quietly "$library/spoolinit" berkeleydb libspoolb "$folder/spooldb" init
  quietly "$library/spooldefaults" configuration "$folder/configuration"
  quietly "$library/spooldefaults" complexes /usr/share/gridengine/util/resources/centry
  quietly "$library/spooldefaults" usersets /usr/share/gridengine/util/resources/usersets
  quietly "$library/spooldefaults" managers root
  free_ports 2 >"$folder/ports"
}

# What `install_qmaster` and `install_execd` would ask a person for.
offer_node() {
  quietly qconf -as localhost
  qconf -ssconf | sed -e 's/^schedule_interval .*/schedule_interval 0:0:1/' \
    -e 's/^flush_\(submit\|finish\)_sec .*/flush_\1_sec 1/' >"$folder/scheduler"
  quietly qconf -Msconf "$folder/scheduler"
  printf 'group_name @allhosts\nhostlist localhost\n' >"$folder/hosts"
  quietly qconf -Ahgrp "$folder/hosts"
  qconf -sq | sed -e 's/^qname .*/qname main.q/' -e 's/^hostlist .*/hostlist @allhosts/' \
    -e "s/^slots .*/slots $slots/" -e "s/^notify .*/notify 0:0:$notice/" \
    -e 's/^load_thresholds .*/load_thresholds NONE/' -e 's/^pe_list .*/pe_list NONE/' \
    >"$folder/queue"
  quietly qconf -Aq "$folder/queue"
}

start() {
  configure
  start_controller
  qconf -sq main.q >/dev/null 2>&1 || offer_node
  alive "$folder/execd.pid" || start_daemon sge_execd execd
  wait_until 60 "GridEngine to offer a node" node_is_ready
}

start_controller() {
  alive "$folder/qmaster.pid" || start_daemon sge_qmaster qmaster
  wait_until 30 "sge_qmaster to answer" controller_answers
}

# A daemon writes its pid into its spool folder, wherever on the computer that is.
start_daemon() {
  quietly "$1"
  wait_until 10 "$1 to start" find_pid "$1" "$2"
}

find_pid() {
  local file
  for file in "$folder/$2/$2.pid" "$folder/$2/localhost/$2.pid"; do
    [ -s "$file" ] && ln -sfn "$file" "$folder/$2.pid" && alive "$folder/$2.pid" && return
  done
  return 1
}

controller_answers() { qconf -sh >/dev/null 2>&1; }

# The queue has no letter for a state, such as u for unknown.
node_is_ready() { qstat -f -q main.q | grep -qE '^main\.q@.* [0-9]+/[0-9]+/[0-9]+ +[0-9.]+ +[^ ]+ *$'; }

stop() {
  if alive "$folder/qmaster.pid" && controller_answers; then qdel -f -u '*' >/dev/null 2>&1 || true; fi
  end "$folder/execd.pid"
  end "$folder/qmaster.pid"
  end_processes_with "SGE_ROOT=$folder"
}

environment() {
  local name
  for name in SGE_ROOT SGE_CELL SGE_QMASTER_PORT SGE_EXECD_PORT; do
    echo "export $name='${!name}'"
  done
}

folder=$(folder_argument "$@")
export SGE_ROOT=$folder SGE_CELL=default
case ${1:-} in
  install) install && exit ;;
  start) configure ;;
esac
[ -s "$folder/ports" ] && read -r SGE_QMASTER_PORT SGE_EXECD_PORT <"$folder/ports"
export SGE_QMASTER_PORT SGE_EXECD_PORT
case ${1:-} in
  start) start ;;
  stop) stop ;;
  env) environment ;;
  kill-controller) kill_hard "$folder/qmaster.pid" ;;
  start-controller) start_controller ;;
  *) usage ;;
esac
