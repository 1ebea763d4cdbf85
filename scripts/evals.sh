#!/bin/sh
# Every accuracy and robustness study, one after the other; each prints its own table with the targets beside it.
set -u
cd "$(dirname "$0")/.."
failed=0
for study in "gold.py" "fresh.py" "boilerplate.py" "corpus.py" "corruptions.py" "bitflips.py" "kill_intake.py"; do
  [ -e "evals/$study" ] || continue
  printf '\n== evals/%s\n' "$study"
  .venv/bin/python "evals/$study" || failed=1
done
exit $failed
