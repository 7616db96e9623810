#!/usr/bin/env python3
"""Bytes that a SQLite ledger takes for each article of a file, by table and index.
usage: ledger_size.py PROGRAM ARTICLES.jsonl"""
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

program, articles = sys.argv[1:]
with tempfile.TemporaryDirectory() as folder:
    ledger = pathlib.Path(folder) / "size.ledger"
    subprocess.run([program, "ingest", "--ledger", str(ledger), articles], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    db = sqlite3.connect(ledger)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    count, text, record = db.execute("SELECT count(*), avg(length(json_extract(record, '$.article.text'))), avg(length(CAST(record AS BLOB))) "
                                     "FROM articles").fetchone()
    print(f"{ledger.stat().st_size / count:,.0f} bytes a record: {count} articles of {text:,.0f} characters, records of {record:,.0f} bytes")
    try:
        rows = db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC").fetchall()
    except sqlite3.OperationalError:
        rows = []  # this SQLite was built without dbstat
    for name, size in rows:
        if size / count >= 50:
            print(f"{size / count:8,.0f}  {name}")
