#!/bin/sh
# extract-s3mock.sh JAR FOLDER: extracts S3Mock's executable jar into one jar and its libraries, which start in three quarters
# of the time and can be archived by the JVM (CDS). Does nothing if FOLDER was extracted from the same jar.
set -eu
jar=$1
folder=$2
name=$(basename "$jar")
[ -r "$folder/$name" ] && [ -d "$folder/lib" ] && exit 0
rm -rf "$folder"
if [ -n "${JAVA_HOME:-}" ]; then java=$JAVA_HOME/bin/java; else java=java; fi
"$java" -Djarmode=tools -jar "$jar" extract --destination "$folder" >/dev/null
