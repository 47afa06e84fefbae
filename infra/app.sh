#!/bin/sh
# The CDK app, as the CDK command line runs it (see cdk.json). Builds what is to be deployed where it is missing.
set -eu
cd "$(dirname "$0")"
. ../.mvn/find-jdk.sh
jdk=$(find_jdk25)
if [ -z "$jdk" ]; then
  echo "Freshet needs a JDK 25. Install one, or point JAVA_HOME or JDK25_HOME at it." >&2
  exit 1
fi
jar=../functions/target/functions.jar
if [ ! -f "$jar" ] || [ ! -f target/infra.classpath ]; then
  echo "Building the functions and the stack, without their tests." >&2
  (cd .. && ./mvnw -q -B -pl infra -am -DskipTests package >&2)
fi
JSII_DEPRECATED=quiet
export JSII_DEPRECATED
exec "$jdk/bin/java" -Xmx256m -XX:+UseSerialGC -classpath "target/classes:$(cat target/infra.classpath)" \
  dev.freshet.infra.FreshetApp "$jar"
