# Sourced by every script: where the project is, which programs it uses, and how a stage is run and reported.
# It changes nothing on the machine.

set -uo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT" || exit 70

# Tools that the install script fetched for this checkout come first, then what the machine has.
TOOLS="$ROOT/target/tools"
export PATH="$TOOLS/node/bin:${CARGO_HOME:-${HOME:-/nonexistent}/.cargo}/bin:$PATH"
export RUST_BACKTRACE="${WAYMARK_BACKTRACE:-0}"
export CARGO_TERM_COLOR="${CARGO_TERM_COLOR:-never}"
TARGET="${CARGO_TARGET_DIR:-$ROOT/target}"

FAILED=()
STARTED_ALL=$SECONDS

say() { printf '%s\n' "$@"; }

# stage NAME COMMAND… runs one stage, prints a banner and the time it took, and remembers a failure without stopping.
stage() {
  local name="$1" began=$SECONDS status
  shift
  say "" "==> $name"
  "$@" 2>&1
  status=$?
  if [ $status -eq 0 ]; then
    say "<== $name: done in $((SECONDS - began)) s"
  else
    say "<== $name: FAILED with status $status after $((SECONDS - began)) s"
    FAILED+=("$name")
  fi
  return $status
}

# A stage that runs beside others: its output is kept and shown, as a whole, by join_stage.
BEHIND_LOGS="$(mktemp -d)"
trap 'rm -rf "$BEHIND_LOGS"' EXIT
behind() {
  local key="$1"
  shift
  ( "$@" ) >"$BEHIND_LOGS/$key.log" 2>&1 </dev/null &
  printf '%s\n' "$!" >"$BEHIND_LOGS/$key.pid"
}
join_stage() {
  local key="$1" name="$2" status
  wait "$(cat "$BEHIND_LOGS/$key.pid")"
  status=$?
  say "" "==> $name (ran beside the others)"
  cat "$BEHIND_LOGS/$key.log"
  if [ $status -eq 0 ]; then
    say "<== $name: done"
  else
    say "<== $name: FAILED with status $status"
    FAILED+=("$name")
  fi
  return $status
}
