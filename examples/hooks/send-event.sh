#!/bin/sh
# How any program sends events to mem: one JSON object per line, piped into `mem ingest`. What it needs is POSIX sh and mem.
#   send-event.sh SESSION EVENT_TYPE [TEXT...]      without TEXT, the text is what comes on stdin:
#   make test 2>&1 | send-event.sh build-42 tool_result
set -eu
tab=$(printf '\t')

# Stdin as a JSON string: no control characters but tabs and line ends, which are escaped as quotes and backslashes are.
json_string() {
  LC_ALL=C tr -d '\000-\010\013-\037' | LC_ALL=C sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e "s/$tab/\\\\t/g" |
    LC_ALL=C awk 'BEGIN {printf "\""} NR > 1 {printf "%s", "\\n"} {printf "%s", $0} END {printf "\""}'
}

session=$(printf '%s' "$1" | json_string)
type=$(printf '%s' "$2" | json_string)
shift 2
if [ $# -gt 0 ]; then text=$(printf '%s' "$*" | json_string); else text=$(json_string); fi
printf '{"session_id":%s,"event_type":%s,"agent":"my-program","source":"hook","text":%s}\n' "$session" "$type" "$text" | mem ingest
