#!/bin/sh
# npm-run.sh SCRIPT FOLDER...: installs the pinned packages of each folder and runs a script of its package.json, in all folders at once.
# What each prints comes when it has ended; the exit status is 1 where one failed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
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
printed=$(mktemp -d)
trap 'rm -r "$printed"' EXIT
failed=0
n=0
for folder; do
  n=$((n + 1))
  (run "$folder") >"$printed/$n" 2>&1 &
  eval "pid$n=$!"
done
for i in $(seq $n); do
  eval "wait \$pid$i" || failed=1
  cat "$printed/$i"
done
exit $failed
