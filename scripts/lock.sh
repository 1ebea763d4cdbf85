#!/bin/sh
# Make the hashed requirement locks anew: sh scripts/lock.sh. They name packages and hashes, never an index.
set -eu
cd "$(dirname "$0")/.."
lock() {
  out=$1
  shift
  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-emit-find-links --no-annotate --custom-compile-command "sh scripts/lock.sh" "$@" -o "requirements/$out.txt"
}
lock run pyproject.toml requirements/build.in --extra report --extra stats --extra link --extra web
lock dev pyproject.toml requirements/build.in --extra report --extra stats --extra link --extra web --extra scale --extra test --extra check
lock docs pyproject.toml requirements/build.in --extra report --extra stats --extra link --extra web --extra docs
lock bench pyproject.toml requirements/build.in --extra report --extra stats --extra link --extra web --extra bench
