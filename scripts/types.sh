#!/bin/sh
# Check the types of the workbench's own modules with tsc; say so where node or npm is missing, and go on.
set -eu
cd "$(dirname "$0")/.."
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  echo "testimonia: node and npm are not installed, so the types of the workbench's pages were not checked." >&2
  exit 0
fi
mkdir -p .make
if ! cmp -s package-lock.json .make/node-lock.json; then
  npm ci --silent --no-audit --no-fund --ignore-scripts
  cp package-lock.json .make/node-lock.json
fi
exec node_modules/.bin/tsc --noEmit -p tsconfig.json
