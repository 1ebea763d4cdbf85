#!/bin/sh
# Every accuracy and robustness study, one after the other; each prints its own table with the targets beside it.
set -u
cd "$(dirname "$0")/.."
failed=0
study() {
  printf '\n== %s\n' "$*"
  .venv/bin/python "$@" || failed=1
}
study evals/gold.py
for set in fresh fresh2; do
  for lang in en ko zh; do
    [ -e "evals/$set/$lang.jsonl" ] || continue
    study evals/gold.py --lang "$lang" --gold "evals/$set/$lang.jsonl" --texts "evals/$set"
  done
done
for name in fresh boilerplate corpus corruptions hostile bitflips kill_casebook kill_intake; do
  [ -e "evals/$name.py" ] && study "evals/$name.py"
done
study evals/names.py
study evals/values.py
study -m evals.linkage pairs --scenario generic --seeds 1-2
study -m evals.linkage pairs --scenario cross_script --seeds 1-2
study -m evals.linkage_totals --scenario generic cross_script --seeds 1-2
study -m evals.hidden --quick
exit $failed
