#!/bin/sh
# javadoc.sh FOLDER: writes the Javadoc of all modules but the tests' and Spark's. The same sources give the same bytes: javadoc would
# write its own words in the language of the environment.
set -eu
cd "$(dirname "$0")/../.."
. .mvn/find-jdk.sh
sources= class_path=
for module in shared/core shared/aws functions/embedding functions/runtime functions/handlers functions/worker infra cli localstack bench; do
  sources=$sources:$module/src/main/java
  for generated in "$module"/target/generated-sources/*; do
    case $generated in *'*' | */annotations) ;; *) sources=$sources:$generated ;; esac
  done
done
class_path=$(cat bench/target/freshet.classpath):$(cat infra/target/infra.classpath):$(echo functions/worker/target/layout/lib/*.jar | tr ' ' ':')
rm -rf "$1"
"$(find_jdk25)/bin/javadoc" -quiet -notimestamp -Xdoclint:none --release 25 -encoding UTF-8 -docencoding UTF-8 -windowtitle Freshet \
  -J-Xmx1g -J-Duser.language=en -classpath "$class_path" -sourcepath "${sources#:}" -subpackages dev.freshet -d "$1"
