#!/bin/sh
# npm-run.sh SCRIPT FOLDER...: installs the pinned packages of each folder and runs a script of its package.json, in all folders at once.
# What each prints comes in the order of the folders, when it and those before it have ended; the exit status is 1 where one failed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -lt 2 ]; then
  echo 'usage: npm-run.sh SCRIPT FOLDER...' >&2
  exit 2
fi
script=$1
shift

run() {
  sh "$here/npm-ci.sh" "$1"
  cd "$1"
  exec npm run --silent --no-update-notifier "$script"
}

if [ $# -eq 1 ]; then
  run "$1"
fi

# Prints the ids of processes and of all that they have started.
tree() {
  for pid; do
    echo "$pid"
    tree $(pgrep -P "$pid")
  done
}

pids=
printed=$(mktemp -d)
trap 'rm -r "$printed"' EXIT
trap 'kill $(tree $pids) 2>/dev/null || true; wait; cat "$printed"/*; exit 143' INT TERM HUP
n=0
for folder; do
  n=$((n + 1))
  (run "$folder") >"$printed/$n" 2>&1 &
  pids="$pids $!"
done
failed=0
n=0
for pid in $pids; do
  n=$((n + 1))
  wait "$pid" || failed=1
  cat "$printed/$n"
  : >"$printed/$n" # printed once, even if a signal comes later
done
exit $failed
