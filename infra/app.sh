#!/bin/sh
# Runs the CDK app: for the build and for `freshet cost` with the folder to write to, for the CDK command line (cdk.json) without. In a checkout the
# command line's run first builds what is missing or older than its sources, so that nothing stale is deployed; in a release
# everything lies beside this script.
set -eu
cd "$(dirname "$0")"
if [ -d lib ]; then . ./find-jdk.sh; else . ../.mvn/find-jdk.sh; fi
jdk=$(find_jdk25)
if [ -z "$jdk" ]; then
  echo "Freshet needs a JDK 25. Install one, or point JAVA_HOME or JDK25_HOME at it." >&2
  exit 1
fi
if [ -d lib ]; then
  class_path='lib/*'
  jar=packages/functions.jar layer=packages/layer worker=packages/worker site=packages/site batch=packages/batch.jar
else
  jar=../functions/handlers/target/functions.jar
  layer=../functions/embedding/target/layer
  worker=../functions/worker
  site=../web/site/public
  batch=${FRESHET_BATCH:-../batch/target/batch.jar}
  fresh() {
    [ -f "$jar" ] && [ -d "$layer" ] && [ -d "$worker/target/layout/lib" ] && [ -f target/infra.classpath ] && [ -z "$(find ../pom.xml \
      ../shared/*/pom.xml ../shared/*/src/main ../functions/*/pom.xml ../functions/*/src/main pom.xml src/main -newer "$jar" -print | head -n 1)" ]
  }
  if [ $# -eq 0 ] && ! fresh; then
    echo "Building the functions and the stack, without their tests." >&2
    (unset CDK_CONTEXT_JSON CDK_OUTDIR && cd .. && ./mvnw -q -B -pl infra,functions/worker -am -DskipTests package >&2)
  fi
  class_path=target/infra.jar:$(cat target/infra.classpath)
fi
# CDK warns of deprecations inside CDK, and at every start of Node 20, past its support but sufficient here.
JSII_DEPRECATED=quiet
JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20
export JSII_DEPRECATED JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION
# The CDK's command line tells the account only where it has credentials.
exec "$jdk/bin/java" -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
  -Dslf4j.internal.verbosity=ERROR -Dfreshet.account="${CDK_DEFAULT_ACCOUNT:-}" -Dfreshet.region="${CDK_DEFAULT_REGION:-}" -classpath "$class_path" \
  "dev.freshet.infra.${FRESHET_APP:-FreshetApp}" "$jar" "$layer" "$worker" "$site" "$batch" "$@"
