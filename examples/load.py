"""Flat tables of a ledger in Python, with the standard library alone.

    chancery export --ledger my.ledger --format tables -o tables
    python3 -c 'import load; print(load.tables("tables")["events"][0])'

With pandas: pandas.read_csv("tables/events.tsv", sep="\\t", dtype={"cameo": str, "geonames": str},
                             parse_dates=["published", "from", "to"])
"""
import csv
import datetime
import pathlib

DAYS = {"published", "from", "to"}
INTEGERS = {"article", "mentions", "entities", "statements", "events", "positions", "characters", "act", "reports", "first",
            "quad", "cow"}
REALS = {"confidence", "goldstein", "latitude", "longitude"}


def value(column, text, table):
    if text == "" or (column in DAYS and text == "NA"):
        return None
    if column in DAYS:
        return datetime.date.fromisoformat(text)
    if column in REALS:
        return float(text)
    if column in INTEGERS and not (table != "articles" and column in ("entities", "statements", "events", "positions")):
        return int(text)
    return text


def tables(folder):
    """{"events": [{"article": 1, "from": datetime.date(…), …}, …], …}"""
    out = {}
    for path in sorted(pathlib.Path(folder).glob("*.tsv")):
        with path.open(newline="", encoding="utf-8") as lines:
            rows = csv.DictReader(lines, dialect="excel-tab")
            out[path.stem] = [{c: value(c, t, path.stem) for c, t in row.items()} for row in rows]
    return out
