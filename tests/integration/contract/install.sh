#!/usr/bin/env bash
# install.sh SOURCE FOLDER: installs what the lock file in SOURCE names below FOLDER, unless that has
# been done. No package's own scripts are run. Without the network it fails and says so.
set -euo pipefail
source=$1 folder=$2

mkdir -p "$folder"
if cmp -s "$source/package-lock.json" "$folder/installed"; then
  exit 0
fi
cp "$source/package.json" "$source/package-lock.json" "$folder"
if ! npm ci --prefix "$folder" --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error; then
  echo 'install.sh: Prism, Redocly and axe-core come from the npm registry: npm must reach it once' >&2
  exit 1
fi
cp "$source/package-lock.json" "$folder/installed"
