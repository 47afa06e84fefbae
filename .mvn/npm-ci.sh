#!/bin/sh
# npm-ci.sh FOLDER: installs what FOLDER's package-lock.json pins, unless just that is already installed.
set -eu
cd "$1"
stamp=node_modules/.freshet-lock
cmp -s package-lock.json "$stamp" && exit 0

if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  echo "Freshet needs Node 18 or newer, with npm, for the CDK and for the emulators of the local cloud. Install it and build again." >&2
  exit 1
fi
major=$(node -p 'process.versions.node.split(".")[0]')
if [ "$major" -lt 18 ]; then
  echo "Freshet needs Node 18 or newer; this is Node $(node --version). Install a newer one and build again." >&2
  exit 1
fi

npm ci --no-audit --no-fund --no-update-notifier --loglevel=error
cp package-lock.json "$stamp"
