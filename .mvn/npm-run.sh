#!/bin/sh
# npm-run.sh FOLDER SCRIPT: installs the pinned packages of FOLDER and runs a script of its package.json.
set -eu
sh "$(dirname "$0")/npm-ci.sh" "$1"
cd "$1"
exec npm run --silent --no-update-notifier "$2"
