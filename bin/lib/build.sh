# Sourced by the scripts that run the product: builds it when something it is made from is newer than the last build.
meshtrail_build() { # modules, stamp name, more folders that count
  local modules="$1" stamp="$root/.build/built-$2" sources
  sources="$root/pom.xml $root/proof $root/ui $root/server $3"
  if [ -f "$stamp" ]; then
    # shellcheck disable=SC2086
    if [ -z "$(find $sources \( -name target -o -name node_modules -o -name test -o -name dev -o -name '*.gen.ts' \) -prune -o -type f -newer "$stamp" -print -quit)" ]; then
      return 0
    fi
  fi
  mkdir -p "$root/.build"
  (
    # One build at a time, also when two commands start together.
    flock 9
    echo "Building Meshtrail ($modules); the first time this fetches its libraries and takes some minutes." >&2
    touch "$stamp.started"
    "$root/mvnw" -q -B -pl "$modules" -am package -DskipTests -Dspotless.check.skip=true >&2
    mv "$stamp.started" "$stamp"
  ) 9>"$root/.build/lock"
}
