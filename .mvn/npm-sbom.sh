#!/bin/sh
# npm-sbom.sh FOLDER FILE: writes the bill of materials (CycloneDX) of what FOLDER's package-lock.json pins.
set -eu
cd "$1"
mkdir -p "$(dirname "$2")"
if ! npm sbom --package-lock-only --sbom-format cyclonedx >"$2"; then
  rm -f "$2"
  echo "No bill of materials for $1: 'npm sbom' failed; it needs npm 10, and this is npm $(npm --version)." >&2
  exit 1
fi
