#!/usr/bin/env bash
# One shard of an array of jobs. Submit it, and the merging behind it:
#   job=$(sbatch --parsable slurm.sh FOLDER INPUT…)
#   sbatch --dependency=afterok:$job --wrap 'chancery merge -o FOLDER/records.jsonl.gz FOLDER/shards/*.manifest.json'
# Submitted again, shards that are done end at once and the others go on where they were.
#SBATCH --job-name=chancery
#SBATCH --array=1-12
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --time=24:00:00
#SBATCH --requeue
#SBATCH --signal=B:TERM@60
set -euo pipefail
out=$1
shift
mkdir -p "$out/shards"
# Exit 75 says "asked to end, run me again": RequeueExit=75 in slurm.conf makes Slurm do so.
exec chancery code --shard "$SLURM_ARRAY_TASK_ID/${SHARDS:-$SLURM_ARRAY_TASK_MAX}" --max-failed 1% \
  -o "$out/shards/$SLURM_ARRAY_TASK_ID.jsonl.gz" "$@"
