#!/bin/sh
# Every measurement of speed and memory; a peer that is not installed is named and left out.
set -u
cd "$(dirname "$0")/.."
for bench in bench/*.py; do
  printf '\n== %s\n' "$bench"
  .venv/bin/python "$bench" || true
done
