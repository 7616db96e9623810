"""A ledger's flat tables as Parquet files, for R, pandas, polars, DuckDB and Spark.

    pip install 'chancery[parquet]'                 # pyarrow comes with it
    python -m chancery.parquet my.ledger folder     # folder/articles.parquet, folder/events.parquet …

Columns, their types and meanings are those of `chancery export --format tables` (docs/codebook.md): integers are
int64, reals float64, days date32, all else strings, and what is not known is null. Tables are written piece by piece,
in constant memory, compressed with zstd.
"""
import argparse
import codecs
import csv
import datetime
import os
import sys

from . import Ledger, _chancery
from ._errors import BadRequest, ChanceryError

#: the tables, by their names in docs/codebook.md
TABLES = ("articles", "entities", "times", "statements", "events", "positions", "novelty")
#: rows of a piece: what is held in memory
ROWS = 20000


def columns(table):
    """Name and kind of the columns of a table: "text", "integer", "real", "day"."""
    found = [tuple(column.split(":")) for column in _chancery.columns("table-" + table).split()]
    if not found:
        raise BadRequest(f"table: {table!r} is none of {', '.join(TABLES)}")
    return found


def _cell(kind, text):
    if text == "" or (kind == "day" and text == "NA"):
        return None
    if kind == "integer":
        return int(text)
    if kind == "real":
        return float(text)
    return datetime.date.fromisoformat(text) if kind == "day" else text


class _Lines:
    """Whole lines of what comes in pieces; a line's end may stand inside a quoted cell."""

    def __init__(self, take):
        self._take, self._decoder, self._rest = take, codecs.getincrementaldecoder("utf-8")(), ""

    def write(self, piece):
        text = self._rest + self._decoder.decode(piece)
        lines = text.split("\n")
        self._rest = lines.pop()
        whole = ""
        for line in lines:
            whole += line + "\n"
            if whole.count('"') % 2 == 0:
                self._take(whole)
                whole = ""
        self._rest = whole + self._rest


def write(ledger, table, path, *, from_="", until=""):
    """Writes one table of an open ledger into a file; how many rows it has. from_, until: days of publication."""
    import pyarrow
    import pyarrow.parquet

    kinds = {"text": pyarrow.string(), "integer": pyarrow.int64(), "real": pyarrow.float64(), "day": pyarrow.date32()}
    named = columns(table)
    schema = pyarrow.schema([(name, kinds[kind]) for name, kind in named])
    rows, header, count = [], [], 0
    part = f"{os.fspath(path)}.part"
    longest = csv.field_size_limit(1 << 30)  # a cell may be a whole text
    try:
        with pyarrow.parquet.ParquetWriter(part, schema, compression="zstd") as out:

            def write_rows():
                cells = [[_cell(kind, row[c]) for row in rows] for c, (_, kind) in enumerate(named)]
                out.write_batch(pyarrow.record_batch(cells, schema=schema))
                rows.clear()

            def take(line):
                nonlocal count
                row = next(csv.reader([line], "excel-tab"))
                if not header:
                    header.extend(row)
                    if row != [name for name, _ in named]:
                        raise ChanceryError(f"the columns of {table} are {row}, not those of the codebook")
                    return
                rows.append(row)
                count += 1
                if len(rows) == ROWS:
                    write_rows()

            ledger.export("table-" + table, _Lines(take), from_=from_, until=until)
            if rows:
                write_rows()
        os.replace(part, path)
    except BaseException:
        if os.path.exists(part):
            os.remove(part)
        raise
    finally:
        csv.field_size_limit(longest)
    return count


def write_all(ledger, folder, *, tables=TABLES, from_="", until=""):
    """Writes tables of an open ledger into a folder; the rows of each, by its file."""
    os.makedirs(folder, exist_ok=True)
    counts = {}
    for table in tables:
        path = os.path.join(folder, table + ".parquet")
        counts[path] = write(ledger, table, path, from_=from_, until=until)
    return counts


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m chancery.parquet", description="A ledger's flat tables as Parquet files")
    parser.add_argument("ledger", help="a file, or postgres://user@host/name")
    parser.add_argument("folder")
    parser.add_argument("--table", action="append", choices=TABLES, help="this one only; may be given several times")
    parser.add_argument("--from", dest="from_", default="", metavar="DAY", help="published on this day or later")
    parser.add_argument("--until", default="", metavar="DAY", help="published on this day or before")
    wanted = parser.parse_args(arguments)
    try:
        with Ledger(wanted.ledger) as ledger:
            counts = write_all(ledger, wanted.folder, tables=wanted.table or TABLES, from_=wanted.from_, until=wanted.until)
    except ModuleNotFoundError as error:
        sys.exit(f"{error}: pip install 'chancery[parquet]'")
    except ChanceryError as error:
        sys.exit(str(error))
    for path, count in counts.items():
        print(f"{path}: {count} rows")


if __name__ == "__main__":
    main()
