#!/bin/sh
# Prints a checksum of the names, sizes and times of all source files of the product, which changes whenever one of them changes.
# Run from the root of the checkout. Excludes tests, documents and build outputs.
set -eu
list() {
  find pom.xml .mvn shared functions infra cli web localstack bench \
    \( -name target -o -name node_modules -o -name cdk.out -o -name dist -o -path '*/src/test' -o -path 'web/*/test' \) -prune \
    -o -type f ! -name '*.md' ! -name compose.yaml "$@"
}
if list -printf '' 2>/dev/null; then
  list -printf '%p %s %T@\n'
else
  list -exec stat -f '%N %z %Fm' {} +
fi | LC_ALL=C sort | cksum
