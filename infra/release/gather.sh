#!/bin/sh
# gather.sh VERSION FOLDER: gathers in FOLDER what a release consists of, each file with the version in its name, with the bill of
# materials, the notices of third parties and checksums. Everything must be packed: ./mvnw -Prelease sees to that.
set -eu
cd "$(dirname "$0")/../.."
export TZ=UTC LC_ALL=C # git writes local times into archives, and the shell sorts as the locale says
version=$1
out=$2
sh infra/release/prepare.sh "$version" # again: the build may have changed files
rm -rf "$out"
mkdir -p "$out"

cp cli/target/freshet-cli.jar "$out/freshet-cli-$version.jar"
cp batch/target/batch.jar "$out/freshet-batch-$version.jar"
for part in cdk worker pages javadoc; do
  cp "infra/release/target/zips/freshet-$part.zip" "$out/freshet-$part-$version.zip"
done
git archive --format=zip --prefix="freshet-$version/" -o "$out/freshet-sources-$version.zip" HEAD
# web/clients/stage.mjs has made the folders.
for package in web/tracker web/clients/typescript; do
  npm pack "./$package/target/package" --pack-destination "$out" --silent >/dev/null
done
sh web/clients/python/build.sh "$out" >/dev/null
for part in .jar -sources.jar -javadoc.jar .pom; do
  cp "web/clients/java/target/freshet-client$part" "$out/freshet-client-$version$part"
done
cp target/bom.json "$out/freshet-$version.cdx.json"
for part in infra site tracker; do
  cp "target/bom-npm-$part.json" "$out/freshet-npm-$part-$version.cdx.json"
done
node infra/release/notices.mjs web/site/node_modules "$out"/*.cdx.json >"$out/THIRD-PARTY-$version.txt"
(cd "$out" && sha256sum -- * >SHA256SUMS)
echo "The release is in $out:"
(cd "$out" && du -h -- *)
