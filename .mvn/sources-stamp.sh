#!/bin/sh
# Prints one line that changes whenever a file that goes into the product changes: names, sizes and times of all of them.
# Run from the root of the checkout. Tests, documents and everything that is built are left out.
set -eu
list() {
  find pom.xml .mvn shared functions infra cli localstack bench \
    \( -name target -o -name node_modules -o -name cdk.out -o -path '*/src/test' \) -prune \
    -o -type f ! -name '*.md' ! -name compose.yaml "$@"
}
if list -printf '' 2>/dev/null; then
  list -printf '%p %s %T@\n'
else
  list -exec stat -f '%N %z %Fm' {} +
fi | LC_ALL=C sort | cksum
