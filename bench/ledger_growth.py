"""What a record costs a PostgreSQL ledger as it grows: processor time of the server (all of its processes) and of the
program that writes, for each ten thousand records.
usage: script/with-postgres python3 bench/ledger_growth.py BENCH [--records N] [--days N]   (options of chancery_bench_ledger)"""

import os
import pathlib
import re
import subprocess
import sys

TICKS = os.sysconf("SC_CLK_TCK")


def stat(pid):
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return None
    parent, own, reaped = int(fields[1]), int(fields[11]) + int(fields[12]), int(fields[13]) + int(fields[14])
    return parent, own, reaped


def server_seconds(postmaster):
    """Its own, of its children, and of those that have ended."""
    all_of = {int(p.name): stat(p.name) for p in pathlib.Path("/proc").iterdir() if p.name.isdigit()}
    top = all_of[postmaster]
    return (top[1] + top[2] + sum(s[1] for s in all_of.values() if s and s[0] == postmaster)) / TICKS


def main():
    where = os.environ["CHANCERY_TEST_POSTGRES"]
    folder = re.search(r"host=([^&]+)", where).group(1)
    postmaster = int((pathlib.Path(folder) / "data" / "postmaster.pid").read_text().split()[0])
    command = [sys.argv[1], *sys.argv[2:], "--questions", "0", "--ledger", where.replace("NAME", "postgres")]
    bench = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    before, done = server_seconds(postmaster), 0
    for line in bench.stderr:
        told = re.match(r"(\d+) records, .* ([\d.]+) ms of processor", line)
        if not told:
            sys.stderr.write(line)
            continue
        now, records = server_seconds(postmaster), int(told.group(1))
        print(f"{records} records: server {1000 * (now - before) / (records - done):.3f} ms, client {told.group(2)} ms", flush=True)
        before, done = now, records
    sys.exit(bench.wait())


main()
