# Sourced by every script here: finds a JDK 25 and sets JAVA_HOME, or says what to install.
meshtrail_jdk_version() {
  [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}
meshtrail_find_jdk() {
  local candidate
  for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* "${HOME:-/root}"/.sdkman/candidates/java/* /opt/java/* /opt/jdk*; do
    if [ -n "$candidate" ] && [ "$(meshtrail_jdk_version "$candidate")" = 25 ]; then
      JAVA_HOME="$candidate"
      export JAVA_HOME
      return 0
    fi
  done
  echo "Meshtrail needs a JDK 25; none was found in JAVA_HOME (${JAVA_HOME:-unset}) or /usr/lib/jvm." >&2
  echo "Install one, for example temurin-25-jdk (Adoptium) or openjdk-25-jdk-headless (Debian 14), or set JAVA_HOME." >&2
  return 1
}
meshtrail_find_jdk || exit 1
