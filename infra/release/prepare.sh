#!/bin/sh
# prepare.sh VERSION: refuses to make a release of anything but its tag, and gives the sources the modes that git knows: jars and npm
# packages have those of files and folders, which the umask of the checkout made.
set -eu
cd "$(dirname "$0")/../.."
case $1 in
  *-SNAPSHOT) ;;
  *)
    if [ -n "$(git status --porcelain)" ] || ! git tag --points-at HEAD | grep -qxF "v$1"; then
      echo "A release is made from its tag: commit what 'git status' shows, and 'git tag v$1'." >&2
      exit 1
    fi
    ;;
esac
git ls-tree -rtz --name-only HEAD | xargs -0 chmod go=u,go-w
