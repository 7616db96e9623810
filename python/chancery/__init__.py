"""News reports in, diplomatic records out, and a ledger that answers questions.

    import chancery

    engine = chancery.Engine()                              # tables and model come with the package
    record = engine.read(open("report.html", "rb").read())  # a dict of schema chancery/1
    for statement in record["statements"]:
        print(statement["speaker"], chancery.words(record, statement["content"]))

    for record in engine.code(["news.jsonl", "CC-NEWS.warc.gz"], threads=8):
        ...                                                 # in the order of the input

    with chancery.Ledger("my.ledger", "w") as ledger:
        with ledger.batch():
            for record in engine.code("pages/"):
                ledger.add(record)
        for row in ledger.events(between=("Norway", "Iceland"), type="SANCTION"):
            print(row.date, row.source, row.target, row.goldstein)
        frame = ledger.positions(by="Solheim").to_pandas()  # or .to_polars()

Offsets in records are code points: record["article"]["text"][begin:end] is what a span means.
An Engine may be used by many threads at once; the interpreter is let go while it reads. A Ledger does one thing at a
time, whatever threads ask of it. docs/codebook.md has every field, column and code.
"""
import collections
import collections.abc
import contextlib
import datetime
import functools
import json as _json
import keyword
import os
import warnings

from . import _chancery, rows
from ._errors import BadInput, BadRequest, CannotStart, ChanceryError, Damaged, Fault, Late, NotOpen
from .types import Day, Maker, Pair, Path, Record, Report, Row, Span, Time, Value

__all__ = ["Engine", "Ledger", "Table", "extract", "words", "ChanceryError", "BadInput", "BadRequest", "CannotStart",
           "Damaged", "Fault", "Late", "NotOpen", "rows", "__version__",
           "Day", "Maker", "Pair", "Path", "Record", "Report", "Row", "Span", "Time", "Value"]
__version__ = _chancery.__version__

_HOME = os.path.join(os.path.dirname(os.path.abspath(__file__)), "share", "chancery")


def _data(data):
    """The tables: those that are named, else those of the package."""
    if data:
        return os.fspath(data)
    own = os.path.join(_HOME, "data")
    return "" if os.environ.get("CHANCERY_DATA") or not os.path.isdir(own) else own


def _model(model):
    files = {"": "chancery.model", "accurate": "chancery.model", "fast": "chancery-fast.model"}
    own = os.path.join(_HOME, "models", files.get(model, ""))
    if model in files and os.path.isfile(own) and not (model == "" and os.environ.get("CHANCERY_MODEL")):
        return own
    return os.fspath(model)


def words(record, spans):
    """The words that a span, or a list of spans, of a record stands for."""
    text = record["article"]["text"]
    if spans and isinstance(spans[0], int):
        spans = [spans]
    return " … ".join(text[begin:end] for begin, end in spans)


def extract(report):
    """The article of a page alone (bytes or str), as a dict; needs no model."""
    return _json.loads(_chancery.extract(report))["article"]


class Engine:
    """Reads reports. Loading takes about 0.1 s; one is enough for all threads.

    model: "accurate" (the default), "fast" or a file. data, ontology: folders in place of what comes with the package.
    every_attribution: beliefs and wishes become statements too.
    """

    def __init__(self, model="", *, data=None, ontology=None, every_attribution=False):
        self._engine = _chancery.Engine(_model(model), _data(data), os.fspath(ontology or ""), every_attribution)

    @property
    def made_by(self):
        """What records say of who made them: {"engine", "model", "data"}."""
        return dict(zip(("engine", "model", "data"), self._engine.maker()))

    def read_json(self, report, *, form="", id="", url="", publisher="", title="", published="", explain=False):
        """The record of one report as JSON text. report: an HTML page or text (bytes or str), or a JSON object with
        the keys of `chancery code`; form: "html", "text" or "json" where it should not be guessed."""
        return self._engine.read(report, form, id, url, publisher, title, str(published), explain)

    def read(self, report, **about):
        """The same as a dict."""
        return _json.loads(self.read_json(report, **about))

    def code(self, inputs, *, threads=1, explain=False, columns="", errors="warn"):
        """Records of many reports, one after the other in the order of the input, in constant memory.

        inputs: a path or several, of anything that `chancery code` reads (JSON lines, CSV, WARC, feeds, zip, folders,
        pages). errors: what to do about a report that cannot be read: "warn", "raise" (BadInput) or "ignore"; or a
        function, which gets the text of each.
        """
        if isinstance(inputs, (str, os.PathLike)):
            inputs = [inputs]
        if errors not in ("warn", "raise", "ignore") and not callable(errors):
            raise BadRequest(f"errors: {errors!r} is none of warn, raise, ignore, nor a function")
        coder = _chancery.Coder(self._engine, [os.fspath(i) for i in inputs], threads, explain, columns)
        return self._drawn(coder, errors)

    @staticmethod
    def _drawn(coder, errors):
        while (one := coder.next()) is not None:
            record, error, warning = one
            problem = error or warning
            if problem and callable(errors):
                errors(problem)
            elif error and errors == "raise":
                raise BadInput(error)
            elif problem and errors != "ignore":
                warnings.warn(problem, stacklevel=2)
            if record:
                yield _json.loads(record)


class _Columns:
    """A table that is columns only. polars takes what has rows by its rows, where columns of nothing have no type."""

    def __init__(self, table):
        self.__arrow_c_array__ = table.__arrow_c_array__


class Table(collections.abc.Sequence):
    """Rows that answer a question: named tuples of the classes in chancery.rows, with integers, floats and dates where
    columns hold them and None where nothing is known. Columns whose names Python keeps for itself have an underscore
    behind: row.from_.

    Any library that knows Arrow takes its columns as they lie in memory, by the Arrow PyCapsule interface:
    pyarrow.record_batch(table), to_polars(), to_pandas(arrow=True), duckdb.
    """

    def __init__(self, inner, question=""):
        self._inner = inner
        self.columns = [inner.name(c) for c in range(inner.columns)]
        self.kinds = [("text", "integer", "real", "day")[inner.kind(c)] for c in range(inner.columns)]
        #: `after` of the question for the rows behind these; "" when these are the last
        self.after = inner.after
        #: what an asker should know: names that nobody bears, with the nearest
        self.notes = list(inner.notes)
        self._row = _row_type(question, tuple(self.columns))

    def __len__(self):
        return self._inner.rows

    def __getitem__(self, index):
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        return self._row(*(self._cell(index, c) for c in range(len(self.columns))))

    def _cell(self, row, column):
        value = self._inner.cell(row, column)
        return datetime.date.fromisoformat(value) if value is not None and self.kinds[column] == "day" else value

    def __arrow_c_array__(self, requested_schema=None):
        return self._inner.arrow()

    def __arrow_c_schema__(self):
        return self._inner.arrow()[0]

    def to_pandas(self, *, arrow=False):
        """A pandas.DataFrame (needs pandas and pyarrow): of numpy's types, or with arrow=True of Arrow's, which copies
        nothing and keeps integers with gaps and dates what they are."""
        import pyarrow

        batch = pyarrow.record_batch(self)
        if not arrow:
            return batch.to_pandas()
        import pandas

        return batch.to_pandas(types_mapper=pandas.ArrowDtype)

    def to_polars(self):
        """A polars.DataFrame (needs polars)."""
        import polars

        return polars.DataFrame(_Columns(self))

    def __repr__(self):
        return f"<chancery.Table {len(self)} rows: {', '.join(self.columns)}>"


@functools.lru_cache(maxsize=None)
def _row_type(question, columns):
    names = []
    for column in columns:
        name = column.replace(" > ", "_to_").replace(" ", "_")  # a timeline's: NOR > ISL cooperation
        names.append(name + "_" if keyword.iskeyword(name) or name in ("count", "index") else name)
    known = rows.BY_QUESTION.get(question)
    return known if known and known._fields == tuple(names) else collections.namedtuple("Row", names)


class Ledger:
    """A ledger: a file, or postgres://user@host/name. mode "r" reads one that is there, "w" makes one where none is."""

    def __init__(self, where, mode="r", *, data=None, ontology=None, learn=True):
        if mode not in ("r", "w"):
            raise BadRequest(f"mode: {mode!r} is neither r nor w")
        self._ledger = _chancery.Ledger(os.fspath(where), mode == "w", _data(data), os.fspath(ontology or ""), learn)

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.close()

    def close(self):
        self._ledger.close()

    def __len__(self):
        """Articles that are kept."""
        return self._ledger.count()

    def add(self, record):
        """Keeps a record (a dict or its JSON): "fresh", "known" (it was there already) or "copy" (kept, and nearly the
        same text as one before)."""
        return self._ledger.add(record if isinstance(record, str) else _json.dumps(record, ensure_ascii=False))

    @contextlib.contextmanager
    def batch(self):
        """Everything added inside is kept at the end, all or nothing; much faster than one by one."""
        self._ledger.begin()
        try:
            yield self
        except BaseException:
            self._ledger.rollback()
            raise
        self._ledger.commit()

    def record(self, number):
        """The record of an article by its number, with explanations."""
        return _json.loads(self._ledger.record(number))

    def ask(self, question, *, limit=100, milliseconds=0, **filters):
        """The answer to one of `Ledger.questions()`. Filters are those of the command line: by="Solheim",
        between=("NOR", "ISL"), type="SANCTION", from_="2031-05" …; `Ledger.filters(question)` lists them."""
        asked = []
        for name, value in filters.items():
            if value is None:
                continue
            if isinstance(value, (tuple, list)):
                value = ",".join(map(str, value))
            asked.append((name.rstrip("_"), str(value)))
        return Table(self._ledger.ask(question, asked, limit, milliseconds), question)

    def pages(self, question, *, limit=1000, **filters):
        """All rows of an answer, page after page, as Tables."""
        after = filters.pop("after", "")
        while True:
            table = self.ask(question, limit=limit, **filters, **({"after": after} if after else {}))
            yield table
            after = table.after
            if not after:
                return

    def export(self, format, to, *, from_="", until=""):
        """Writes the ledger in a format of docs/exports.md into `to`: a path, or a file opened for bytes."""
        if hasattr(to, "write"):
            self._ledger.export_to(format, str(from_), str(until), lambda piece: to.write(piece) and None)
        else:
            with open(to, "wb") as out:
                self.export(format, out, from_=from_, until=until)

    @staticmethod
    def questions():
        return list(_chancery.questions())

    @staticmethod
    def filters(question):
        return _chancery.filters(question).split()


def _question(name):
    def ask(self, *, limit=100, milliseconds=0, **filters):
        return self.ask(name, limit=limit, milliseconds=milliseconds, **filters)

    ask.__name__ = name
    ask.__qualname__ = f"Ledger.{name}"
    ask.__doc__ = f"Ledger.ask({name!r}, …); filters: {', '.join(Ledger.filters(name))}."
    return ask


for _name in Ledger.questions():
    setattr(Ledger, _name, _question(_name))
