#!/bin/sh
# npm-sbom.sh FOLDER FILE: writes the software bill of materials (CycloneDX) of the packages pinned in FOLDER's package-lock.json,
# without its serial number and time, so that the same packages give the same bytes.
set -eu
cd "$1"
mkdir -p "$(dirname "$2")"
if ! npm sbom --package-lock-only --sbom-format cyclonedx >"$2.npm" ||
  ! node -e 'const bom = JSON.parse(require("fs").readFileSync(0)); delete bom.serialNumber; delete bom.metadata.timestamp
    console.log(JSON.stringify(bom, null, 2))' <"$2.npm" >"$2"; then
  rm -f "$2" "$2.npm"
  echo "The bill of materials of $1 was not written: 'npm sbom' failed. It needs npm 10 or newer; this is npm $(npm --version)." >&2
  exit 1
fi
rm -f "$2.npm"
