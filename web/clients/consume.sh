#!/bin/sh
# consume.sh typescript|python|java FOLDER: makes the package of a client as a release does, and in FOLDER, outside of the checkout, a
# project that has nothing but it: the example of its README is compiled, or checked by a type checker, and run against the API at
# FRESHET_URL with FRESHET_KEY, for the user FRESHET_USER. Exits with 77 and a sentence where a tool or a registry is missing.
# What ./mvnw package makes must be there.
set -eu
client=$1
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$2"
cd "$2"

missing() {
  echo "$1" >&2
  exit 77
}

example() {
  awk '/^```(ts|python|java)$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$here/$client/README.md" | sed "s/reader-7/$FRESHET_USER/g"
}

case $client in
  typescript)
    npm view typescript@7.0.2 version >/dev/null 2>&1 || missing "npm, or its registry, is missing."
    npm pack --silent "$here/typescript/target/package" "$here/../tracker/target/package"
    echo '{"type": "module"}' >package.json
    example >server.ts
    echo "import { init } from '@freshet/tracker';
      init({ endpoint: 'https://api.example.org', key: 'fpk_YOUR_KEY' }).track('like', { item: 'book-1' });" >page.ts
    echo "import type { Event, Freshet } from '@freshet/client';
      export const again = (freshet: Freshet, left: Event[]) => left.map((event) => freshet.events.add(event));" >again.ts
    npm install --silent --ignore-scripts --no-audit --no-fund ./freshet-*.tgz typescript@7.0.2 @types/node@20.19.9
    node_modules/.bin/tsc --strict --module nodenext --target es2022 --types node server.ts page.ts again.ts
    test -f node_modules/@freshet/tracker/dist/freshet.js
    node server.js
    ;;
  python)
    python3 -m venv environment || missing "Python 3 with venv is missing."
    environment/bin/pip install --quiet mypy==2.4.1 || missing "PyPI cannot be reached."
    sh "$here/python/build.sh" . >&2
    test -f freshet_client-*.tar.gz
    environment/bin/pip install --quiet --no-index freshet_client-*.whl
    example >program.py
    echo "from freshet_client import Freshet
def again(freshet: Freshet) -> None:
    for event in freshet.events.close():
        freshet.events.add(event)" >again.py
    environment/bin/mypy --strict program.py again.py
    environment/bin/python program.py
    ;;
  java)
    pom=$here/java/target/freshet-client.pom
    version=$(sed -n 's/.*<version>\(.*\)<\/version>.*/\1/p' "$pom" | head -1)
    place=repository/dev/freshet/freshet-client/$version
    mkdir -p "$place" src/main/java
    cp "$pom" "$place/freshet-client-$version.pom"
    cp "$here/java/target/freshet-client.jar" "$place/freshet-client-$version.jar"
    example >src/main/java/Example.java
    cat >pom.xml <<END
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.example</groupId>
  <artifactId>shop</artifactId>
  <version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <repositories>
    <repository><id>release</id><url>file://$PWD/repository</url></repository>
  </repositories>
  <dependencies>
    <dependency><groupId>dev.freshet</groupId><artifactId>freshet-client</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
END
    # What is in the local repository already is read there, and nothing is put into it.
    "$here/../../mvnw" -q -B -ntp "-Dmaven.repo.local=$PWD/local" "-Dmaven.repo.local.tail=$HOME/.m2/repository" \
      -Dmdep.outputFile=classpath.txt compile org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath
    # On a JVM of that release, where a distribution has installed one.
    java=java
    for each in /usr/lib/jvm/*-17-*/bin/java /usr/lib/jvm/*-17/bin/java; do
      [ -x "$each" ] && java=$each
    done
    "$java" -cp "target/classes:$(cat classpath.txt)" Example
    ;;
esac
