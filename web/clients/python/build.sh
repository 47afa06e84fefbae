#!/bin/sh
# build.sh FOLDER: builds the wheel and the source distribution of target/package, which ../stage.mjs made, into FOLDER. Equal sources
# give equal bytes. Needs Python 3.11 with venv, and PyPI once for the tools that build-requirements.txt pins by hash.
set -eu
mkdir -p "$1"
out=$(cd "$1" && pwd)
cd "$(dirname "$0")"
tools=target/build-tools
if ! cmp -s build-requirements.txt "$tools/installed.txt"; then
  rm -rf "$tools"
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r build-requirements.txt
  cp build-requirements.txt "$tools/installed.txt"
fi
tools=$(cd "$tools" && pwd)
cd target/package
# The first of January 2026, as the jars have it.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-1767225600} "$tools/bin/hatchling" build -d "$out"
