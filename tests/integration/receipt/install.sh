#!/usr/bin/env bash
# install.sh SOURCE DECODER: installs what the lock file in SOURCE names into the folder DECODER, unless
# that has been done. No package's own scripts are run.
set -euo pipefail
source=$1 decoder=$2

mkdir -p "$decoder"
if cmp -s "$source/package-lock.json" "$decoder/installed"; then
  exit 0
fi
cp "$source/package.json" "$source/package-lock.json" "$decoder"
npm ci --prefix "$decoder" --ignore-scripts --omit=optional --no-audit --no-fund --loglevel=error
cp "$source/package-lock.json" "$decoder/installed"
