#!/bin/sh
# npm-ci.sh FOLDER: installs the packages pinned in FOLDER's package-lock.json, unless exactly these are installed already.
set -eu
cd "$1"
stamp=node_modules/.freshet-lock
cmp -s package-lock.json "$stamp" && exit 0

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  echo "Freshet needs Node 20.19 or newer, with npm, for the CDK, the emulators of the local cloud and the web pages. Install it and build again." >&2
  exit 1
fi
if ! node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)'; then
  echo "Freshet needs Node 20.19 or newer; this is Node $(node --version). Install a newer one and build again." >&2
  exit 1
fi

# Installation scripts of packages are not run, since the packages also run on the machine from which the stack is deployed.
# Native modules are prebuilt for most machines; one that does not load is compiled by its script.
npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
for gyp in node_modules/*/binding.gyp; do
  [ -e "$gyp" ] || continue
  part=$(basename "$(dirname "$gyp")")
  node -e "require('$part')" 2>/dev/null || npm rebuild "$part" --loglevel=error
done
cp package-lock.json "$stamp"
