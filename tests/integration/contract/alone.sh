#!/usr/bin/env bash
# alone.sh PROGRAM [ARGUMENT…]: runs it in a network of its own, in which there is only loopback.
set -euo pipefail

own=(unshare --net)
if ! "${own[@]}" true 2>/dev/null; then
  own=(unshare --map-root-user --net)
fi
exec "${own[@]}" bash -c 'ip link set lo up && exec "$@"' alone "$@"
