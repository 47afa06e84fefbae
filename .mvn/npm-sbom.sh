#!/bin/sh
# npm-sbom.sh FOLDER FILE: writes the software bill of materials (CycloneDX) of the packages pinned in FOLDER's package-lock.json.
set -eu
cd "$1"
mkdir -p "$(dirname "$2")"
if ! npm sbom --package-lock-only --sbom-format cyclonedx >"$2"; then
  rm -f "$2"
  echo "The bill of materials of $1 was not written: 'npm sbom' failed. It needs npm 10 or newer; this is npm $(npm --version)." >&2
  exit 1
fi
