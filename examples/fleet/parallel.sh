#!/usr/bin/env bash
# Codes inputs in shards with GNU parallel and puts them together. Killed or stopped, the same command goes on where it was.
# usage: parallel.sh FOLDER SHARDS INPUT…     (JOBS=N at a time, default one for each core; machines: PARALLEL="--sshloginfile …")
set -euo pipefail
[ $# -ge 3 ] || { sed -n '2,3s/^# //p' "$0" >&2; exit 2; }
out=$1 shards=$2
shift 2
mkdir -p "$out/shards"
seq "$shards" | parallel --will-cite --halt now,fail=1 --jobs "${JOBS:-100%}" \
  chancery code --shard "{}/$shards" --max-failed 1% -o "$out/shards/{}.jsonl.gz" "$@"
chancery merge -o "$out/records.jsonl.gz" "$out"/shards/*.manifest.json
