# Sourced by the scripts that run the product: builds what is missing or older than what it is made from.

# Whether a module is built and nothing it is made from is newer than its stamp.
meshtrail_is_built() { # module, folders that count
  local module="$1" stamp="$root/.build/built-$1"
  [ -f "$stamp" ] && [ -d "$root/$module/target/classes" ] && [ -d "$root/$module/target/lib" ] || return 1
  # shellcheck disable=SC2086
  [ -z "$(find $2 \( -name target -o -name node_modules -o -name test -o -name dev -o -name '*.gen.ts' \) -prune \
    -o -type f -newer "$stamp" -print -quit)" ]
}

meshtrail_build() { # module, folders that count besides the parent and the module itself
  local module="$1" sources="$root/pom.xml $root/$1 ${2:-}"
  if meshtrail_is_built "$module" "$sources"; then
    return 0
  fi
  mkdir -p "$root/.build"
  (
    # One build at a time; who waited may find it done.
    flock 9
    if ! meshtrail_is_built "$module" "$sources"; then
      echo "Building Meshtrail ($module); the first time this fetches its libraries and takes some minutes." >&2
      touch "$root/.build/built-$module.started"
      "$root/mvnw" -q -B -pl "$module" -am package -DskipTests -Dspotless.check.skip=true >&2
      mv "$root/.build/built-$module.started" "$root/.build/built-$module"
    fi
  ) 9>"$root/.build/lock"
}
