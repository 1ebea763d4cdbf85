#!/bin/sh
# Install what packages.txt lists, or print the one line to type. Nothing happens where nothing is missing.
set -eu
cd "$(dirname "$0")/.."
if "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null; then have_venv=yes; else have_venv=no; fi
missing=""
for package in $(sed 's/#.*//' packages.txt); do
  [ "$package" = python3-venv ] && [ "$have_venv" = yes ] && continue
  if command -v dpkg-query >/dev/null 2>&1 &&
     dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok'; then continue; fi
  missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
  echo "testimonia: please install, by your system's own means:$missing" >&2
  exit 0
fi
as_root=""
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
    as_root="sudo"
  else
    echo "testimonia: please type: sudo apt-get install$missing" >&2
    exit 0
  fi
fi
# shellcheck disable=SC2086
$as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing
