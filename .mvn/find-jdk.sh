# Prints the home of a JDK 25, or nothing. Sourced by mvnw and freshet; POSIX sh.
# Searches JAVA_HOME, JDK25_HOME, JAVA_HOME_25_X64 and _ARM64 (GitHub's runners), and the folders in which distributions, SDKMAN,
# IDEs and macOS install JDKs.
find_jdk25() {
  for jdk in "${JAVA_HOME:-}" "${JDK25_HOME:-}" "${JAVA_HOME_25_X64:-}" "${JAVA_HOME_25_ARM64:-}" \
    /usr/lib/jvm/*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* /opt/*jdk*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*25*/Contents/Home; do
    if [ -x "$jdk/bin/javac" ] && [ -r "$jdk/release" ] && grep -q '^JAVA_VERSION="25' "$jdk/release"; then
      printf '%s\n' "$jdk"
      return 0
    fi
  done
  java_on_path=$(command -v javac 2>/dev/null) || return 0
  case $("$java_on_path" -version 2>&1) in
    "javac 25"*) dirname "$(dirname "$(readlink -f "$java_on_path" 2>/dev/null || echo "$java_on_path")")" ;;
  esac
}
