#!/bin/sh
# Builds the tracker, puts it into both sites as npm would, and builds them. Says how long each step took.
set -eu
cd "$(dirname "$0")"
step() {
  name=$1
  shift
  began=$(date +%s)
  "$@"
  echo "$name: $(($(date +%s) - began)) s"
}
tracker() (cd ../tracker && sh ../../.mvn/npm-ci.sh . && npm run --silent build)
# A copy, as npm makes it: bundlers treat what lies outside of node_modules as source.
place() {
  rm -rf "$1/node_modules/@freshet/tracker"
  mkdir -p "$1/node_modules/@freshet/tracker"
  cp -R ../tracker/package.json ../tracker/dist "$1/node_modules/@freshet/tracker"
}
export ASTRO_TELEMETRY_DISABLED=1 DOCUSAURUS_NO_UPDATE_CHECK=1
step 'tracker' tracker
for site in docusaurus astro; do
  step "$site, packages" sh ../../.mvn/npm-ci.sh "$site"
  place "$site"
  step "$site, build" npm run --silent --prefix "$site" build
done
