"""The installed package, as its users use it: python -m unittest with CHANCERY_EXAMPLES naming the folder of the examples."""
import csv
import ctypes
import datetime
import gc
import io
import json
import os
import pathlib
import pickle
import re
import subprocess
import sys
import tempfile
import threading
import typing
import unittest
import warnings

import chancery
from chancery import parquet

EXAMPLES = os.environ["CHANCERY_EXAMPLES"]
PAGE = pathlib.Path(EXAMPLES, "accord.html").read_bytes()
REPORTS = os.path.join(EXAMPLES, "reports.jsonl")
ENGINE = chancery.Engine("fast")


def has(module):
    try:
        __import__(module)
        return True
    except ImportError:
        return False


class Reading(unittest.TestCase):
    def test_a_page_is_a_record(self):
        record = ENGINE.read(PAGE)
        self.assertEqual(record["schema"], "chancery/1")
        self.assertEqual(record["made_by"], ENGINE.made_by)
        self.assertEqual(record["made_by"]["engine"], chancery.__version__)
        said = [chancery.words(record, s["content"]) for s in record["statements"]]
        self.assertTrue(any("no quota without science" in words for words in said), said)

    def test_a_set_day_has_what_is_set_and_by_whom(self):
        record = ENGINE.read("Norway will hold a general election on 9 September, its government said on Monday.", published="2031-05-14")
        times: list[chancery.Time] = record["times"]
        (election,) = [t for t in times if t.get("occasion") == "election"]
        self.assertEqual((election["status"], election["value"]), ("planned", "2031-09-09"))
        self.assertIn("general election on 9 September", chancery.words(record, election["words"]))
        self.assertIn("Norway", [e["name"] for e in record["entities"] if e["id"] in election["who"]])

    def test_text_and_bytes_are_the_same(self):
        text = "Norwegian Foreign Minister Kari Solheim visited Reykjavik on Tuesday, her office said."
        one = ENGINE.read_json(text, published=datetime.date(2031, 5, 14))
        self.assertEqual(one, ENGINE.read_json(text.encode(), published="2031-05-14"))
        self.assertEqual(one, ENGINE.read_json(bytearray(text.encode()), published="2031-05-14"))
        self.assertIn("2031-05-13", one)

    def test_what_cannot_be_read_says_so(self):
        with self.assertRaises(chancery.BadInput):
            ENGINE.read(b"")
        with self.assertRaises(chancery.CannotStart) as caught:
            chancery.Engine("/nowhere.model")
        self.assertIn("/nowhere.model", str(caught.exception))
        self.assertIsInstance(caught.exception, OSError)

    def test_the_article_alone(self):
        self.assertEqual(chancery.extract(PAGE)["byline"], ["Marta Lindqvist", "Owen Achebe"])

    def test_threads_read_at_once_and_the_same(self):
        once, got = ENGINE.read_json(PAGE), []
        threads = [threading.Thread(target=lambda: got.append(ENGINE.read_json(PAGE))) for _ in range(4)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.assertEqual(got, [once] * 4)

    def test_the_interpreter_runs_on_while_it_reads(self):
        # This thread can only take the lock that the reader waits for if the reader does not hold the interpreter.
        gate, through = threading.Event(), []

        def errors(text):
            gate.wait()
            through.append(text)

        reader = threading.Thread(target=lambda: list(ENGINE.code(["/nowhere", REPORTS], errors=errors)))
        reader.start()
        gate.set()
        reader.join()
        self.assertEqual(len(through), 1)


class Coding(unittest.TestCase):
    def test_many_in_their_order_whatever_the_threads(self):
        one = list(ENGINE.code(REPORTS))
        self.assertEqual([r["article"]["id"] for r in one], [f"h{n:02}" for n in range(1, 11)])
        self.assertEqual(one, list(ENGINE.code([REPORTS], threads=3)))

    def test_it_is_an_iterator(self):
        records = ENGINE.code(REPORTS)
        self.assertEqual(next(records)["article"]["id"], "h01")
        del records
        gc.collect()

    def test_what_cannot_be_read(self):
        inputs = ["/nowhere.jsonl", REPORTS]
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            self.assertEqual(len(list(ENGINE.code(inputs))), 10)
        self.assertIn("/nowhere.jsonl", str(caught[0].message))
        with self.assertRaises(chancery.BadInput):
            list(ENGINE.code(inputs, errors="raise"))
        self.assertEqual(len(list(ENGINE.code(inputs, errors="ignore"))), 10)
        with self.assertRaises(chancery.BadRequest):
            ENGINE.code(inputs, errors="shrug")


class Asking(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.file = os.path.join(cls.folder.name, "l.ledger")
        with chancery.Ledger(cls.file, "w") as ledger, ledger.batch():
            for record in ENGINE.code(REPORTS):
                assert ledger.add(record) == "fresh"
            assert ledger.add(record) == "known"
        cls.ledger = chancery.Ledger(cls.file)

    @classmethod
    def tearDownClass(cls):
        cls.ledger.close()
        cls.folder.cleanup()

    def test_rows_have_types(self):
        rows = self.ledger.events(between=("Norway", "Iceland"))
        self.assertGreater(len(rows), 3)
        for row in rows:
            self.assertIsInstance(row.number, int)
            self.assertIsInstance(row.goldstein, (float, type(None)))
            self.assertIsInstance(row.from_, (datetime.date, type(None)))
            self.assertIsInstance(row.reported, datetime.date)
            self.assertNotEqual(row.place, "")
        self.assertEqual(rows[-1], rows[len(rows) - 1])
        self.assertEqual(list(rows)[1:3], rows[1:3])

    def test_rows_are_of_their_question(self):
        row = self.ledger.statements()[0]
        self.assertIsInstance(row, chancery.rows.StatementsRow)
        self.assertEqual(pickle.loads(pickle.dumps(row)), row)
        self.assertEqual(set(chancery.rows.BY_QUESTION) | {"timeline"}, set(chancery.Ledger.questions()))
        self.assertIn("NOR_to_ISL", self.ledger.timeline(between="NOR,ISL")[0]._fields)

    def test_every_question_answers(self):
        needed = {"timeline": {"between": "NOR,ISL"}, "contacts": {"actor": "NOR"}, "search": {"q": "quota"}}
        for question in chancery.Ledger.questions():
            table = getattr(self.ledger, question)(**needed.get(question, {}))
            self.assertTrue(table.columns, question)
            if question != "timeline":
                self.assertIs(table._row, chancery.rows.BY_QUESTION[question], table.columns)
                kinds = {"integer": int, "real": float, "day": datetime.date, "text": str}
                said = typing.get_type_hints(table._row)
                self.assertEqual([said[name] for name in table._row._fields], [typing.Optional[kinds[kind]] for kind in table.kinds], question)
            for row in table:
                self.assertEqual(len(row), len(table.columns))

    def test_pages_are_the_whole(self):
        whole = list(self.ledger.statements(limit=1000))
        self.assertEqual(whole, [row for page in self.ledger.pages("statements", limit=3) for row in page])

    def test_a_slip_of_the_pen_is_told(self):
        self.assertIn("Solheim", self.ledger.statements(by="Solhem").notes[0])
        with self.assertRaises(chancery.BadRequest) as caught:
            self.ledger.events(type="PICNIC")
        self.assertIn("CONSULT", str(caught.exception))
        with self.assertRaises(chancery.BadRequest):
            self.ledger.events(colour="red")

    def test_a_batch_is_kept_whole_or_not_at_all(self):
        record = ENGINE.read("Chad signed a treaty with Niger, officials said.", published="2031-01-02")
        with chancery.Ledger(os.path.join(self.folder.name, "b.ledger"), "w") as ledger:
            with self.assertRaises(ZeroDivisionError):
                with ledger.batch():
                    ledger.add(record)
                    1 / 0
            self.assertEqual(len(ledger), 0)
            ledger.add(json.dumps(record))
            self.assertEqual(ledger.record(1)["article"]["text"], record["article"]["text"])
        with self.assertRaises(chancery.NotOpen):
            len(ledger)

    def test_exports(self):
        out = io.BytesIO()
        self.ledger.export("records", out)
        self.assertEqual(len(out.getvalue().splitlines()), 10)
        with self.assertRaises(chancery.ChanceryError):
            self.ledger.export("parchment", out)

    def test_arrow_capsules_are_released(self):
        for _ in range(100):
            self.ledger.events().__arrow_c_array__()
        gc.collect()

    @unittest.skipUnless(has("pyarrow"), "pyarrow is not here")
    def test_arrow(self):
        import pyarrow

        table = self.ledger.events()
        batch = pyarrow.record_batch(table)
        batch.validate(full=True)
        self.assertEqual(batch.schema.names, table.columns)
        self.assertEqual(batch.schema.field("from").type, pyarrow.date32())
        for name, kind in zip(table.columns, table.kinds):
            mine = [row[table.columns.index(name)] for row in table]
            self.assertEqual(batch.column(name).to_pylist(), mine, (name, kind))

    @unittest.skipUnless(has("pyarrow") and has("pandas"), "pandas is not here")
    def test_pandas(self):
        frame = self.ledger.events().to_pandas()
        self.assertEqual(str(frame["number"].dtype), "int64")
        self.assertEqual(len(frame), len(self.ledger.events()))

    def lent(self):
        """A table that is handed out once, and where its columns of numbers and days lie."""
        table = self.ledger.events()
        lent = table.__arrow_c_array__()
        pointer = ctypes.pythonapi.PyCapsule_GetPointer
        pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]

        # struct ArrowArray: five numbers of eight bytes, then buffers and children.
        def at(address, place):
            return ctypes.c_uint64.from_address(address + 8 * place).value

        children = at(pointer(lent[1], b"arrow_array"), 6)
        places = {name: at(at(at(children, c), 5), 1) for c, (name, kind) in enumerate(zip(table.columns, table.kinds)) if kind != "text"}

        class Lent:
            def __arrow_c_array__(self, requested_schema=None):
                return lent

        self.assertGreater(len(places), 4)
        return Lent(), places

    @unittest.skipUnless(has("pyarrow") and has("pandas"), "pandas is not here")
    def test_pandas_takes_it_without_copies(self):
        import pandas
        import pyarrow

        lent, places = self.lent()
        batch = pyarrow.record_batch(lent)
        self.assertEqual({name: batch.column(name).buffers()[1].address for name in places}, places)
        frame = batch.to_pandas(types_mapper=pandas.ArrowDtype)
        self.assertEqual({name: pyarrow.chunked_array(frame[name].array.__arrow_array__()).chunk(0).buffers()[1].address for name in places}, places)
        mine = self.ledger.events().to_pandas(arrow=True)
        self.assertEqual([str(mine[name].dtype) for name in ("number", "from")], ["int64[pyarrow]", "date32[day][pyarrow]"])

    @unittest.skipUnless(has("polars") and has("pyarrow"), "polars is not here")
    def test_polars_takes_it_without_copies(self):
        import polars

        lent, places = self.lent()
        frame = polars.DataFrame(lent)
        self.assertEqual({name: frame[name].to_arrow().buffers()[1].address for name in places}, places)

    @unittest.skipUnless(has("polars"), "polars is not here")
    def test_polars(self):
        import polars

        frame = self.ledger.events().to_polars()
        self.assertEqual(frame["from"].dtype, polars.Date)
        self.assertEqual(tuple(frame.columns), tuple(self.ledger.events().columns))
        self.assertEqual(frame.height, len(self.ledger.events()))


@unittest.skipUnless(has("pyarrow"), "pyarrow is not here")
class Parquet(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.file = os.path.join(cls.folder.name, "l.ledger")
        record = ENGINE.read(
            'Norway will sign a treaty, its minister said.\nThe "two" sides\tmet in Oslo on Monday.', published="2031-01-02", title='A "treaty"'
        )
        with chancery.Ledger(cls.file, "w") as ledger, ledger.batch():
            for one in ENGINE.code(REPORTS):
                ledger.add(one)
            ledger.add(record)
        cls.ledger = chancery.Ledger(cls.file)

    @classmethod
    def tearDownClass(cls):
        cls.ledger.close()
        cls.folder.cleanup()

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def test_every_table_holds_what_the_export_says(self):
        import pyarrow.parquet

        counts = parquet.write_all(self.ledger, self.path("all"))
        self.assertEqual(sorted(counts), sorted(self.path(f"all/{table}.parquet") for table in parquet.TABLES))
        arrow = {"text": "string", "integer": "int64", "real": "double", "day": "date32[day]"}
        for table in parquet.TABLES:
            out = io.BytesIO()
            self.ledger.export("table-" + table, out)
            rows = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""), dialect="excel-tab"))
            read = pyarrow.parquet.read_table(self.path(f"all/{table}.parquet"))
            self.assertEqual(read.num_rows, counts[self.path(f"all/{table}.parquet")])
            self.assertEqual(read.num_rows, len(rows), table)
            for name, kind in parquet.columns(table):
                self.assertEqual(str(read.schema.field(name).type), arrow[kind], (table, name))
                for mine, text in zip(read.column(name).to_pylist(), (row[name] for row in rows)):
                    if text == "" or (kind == "day" and text == "NA"):
                        self.assertIsNone(mine, (table, name))
                    else:
                        self.assertEqual(mine if kind in ("integer", "real") else str(mine), {"integer": int, "real": float}.get(kind, str)(text))

    def test_pieces_and_days(self):
        import pyarrow.parquet

        whole = parquet.write(self.ledger, "entities", self.path("whole.parquet"))
        rows, parquet.ROWS = parquet.ROWS, 3
        try:
            parquet.write(self.ledger, "entities", self.path("pieces.parquet"))
        finally:
            parquet.ROWS = rows
        self.assertGreater(pyarrow.parquet.ParquetFile(self.path("pieces.parquet")).num_row_groups, 3)
        self.assertTrue(pyarrow.parquet.read_table(self.path("pieces.parquet")).equals(pyarrow.parquet.read_table(self.path("whole.parquet"))))
        early = parquet.write(self.ledger, "entities", self.path("early.parquet"), until="2031-01-02")
        self.assertTrue(0 < early < whole, (early, whole))
        # Nobody's days: a file with columns and no rows.
        self.assertEqual(parquet.write(self.ledger, "events", self.path("none.parquet"), until="1900-01-01"), 0)
        self.assertEqual(pyarrow.parquet.read_table(self.path("none.parquet")).num_rows, 0)

    def test_what_fails_leaves_no_file(self):
        with self.assertRaises(chancery.BadRequest):
            parquet.write(self.ledger, "picnics", self.path("x.parquet"))
        with self.assertRaises(chancery.ChanceryError):
            parquet.write(self.ledger, "events", self.path("x.parquet"), until="someday")
        self.assertEqual([name for name in os.listdir(self.folder.name) if name.startswith("x.")], [])

    def test_from_a_shell(self):
        done = subprocess.run(
            [sys.executable, "-m", "chancery.parquet", self.file, self.path("shell"), "--table", "events"], capture_output=True, text=True
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("events.parquet: ", done.stdout)
        missing = subprocess.run([sys.executable, "-m", "chancery.parquet", self.path("no.ledger"), self.path("no")], capture_output=True, text=True)
        self.assertEqual(missing.returncode, 1)
        self.assertIn("no.ledger", missing.stderr)

    @unittest.skipUnless(has("pandas") and has("polars"), "pandas and polars are not here")
    def test_their_users_read_them(self):
        import pandas
        import polars

        parquet.write(self.ledger, "statements", self.path("s.parquet"))
        frame = pandas.read_parquet(self.path("s.parquet"))
        self.assertEqual(len(frame), polars.read_parquet(self.path("s.parquet")).height)
        self.assertEqual(str(frame["confidence"].dtype), "float64")


class Typing(unittest.TestCase):
    def test_the_package_says_its_types(self):
        folder = os.path.dirname(chancery.__file__)
        for name in ("py.typed", "__init__.pyi", "parquet.pyi", "types.py"):
            self.assertTrue(os.path.exists(os.path.join(folder, name)), name)
        types = pathlib.Path(folder, "__init__.pyi").read_text(encoding="utf-8")
        for question in chancery.Ledger.questions():
            row = "Any" if question == "timeline" else f"rows.{chancery.rows.BY_QUESTION[question].__name__}"
            self.assertRegex(types, rf"def {question}\(.*-> Table\[{row}\]")

    @unittest.skipUnless(has("mypy"), "mypy is not here")
    def test_the_types_are_those_of_the_code(self):
        done = subprocess.run([sys.executable, "-m", "mypy.stubtest", "chancery", "--ignore-missing-stub"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout)

    @unittest.skipUnless(has("mypy"), "mypy is not here")
    def test_a_checker_sees_the_rows(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, "mine.py")
            file.write_text(MINE + "x: str = row.goldstein\n", encoding="utf-8")
            done = subprocess.run([sys.executable, "-m", "mypy", "--strict", "--cache-dir", folder, file], capture_output=True, text=True)
        errors = [line for line in done.stdout.splitlines() if ": error:" in line]
        self.assertEqual(len(errors), 1, done.stdout)
        self.assertIn('float | None', errors[0])

    def test_the_names_of_the_types_exist_when_it_runs(self):
        taken = typing.get_type_hints(annotated)
        self.assertEqual(taken["record"], chancery.Record)
        self.assertEqual(set(chancery.Record.__annotations__) - {"made_by", "article"}, set(ENGINE.read(PAGE)) - {"made_by", "article"})


def annotated(record: chancery.Record, day: chancery.Day, where: chancery.Path) -> chancery.Span: ...


# What a checker finds nothing wrong with.
MINE = """
import datetime
import chancery

def days(ledger: chancery.Ledger) -> list[datetime.date]:
    return [row.from_ for row in ledger.events(between=("NOR", "ISL")) if row.from_ is not None]

record: chancery.Record = chancery.Engine("fast").read(b"", published=datetime.date(2031, 5, 14))
row = chancery.Ledger("my.ledger").events(type="SANCTION")[0]
"""


class Notices(unittest.TestCase):
    @unittest.skipUnless(os.path.isdir(os.path.join(os.path.dirname(chancery.__file__), "../chancery.libs")), "not from a wheel")
    def test_every_library_is_in_the_bill_of_materials_and_says_its_licence(self):
        import importlib.metadata

        files = importlib.metadata.files("chancery")
        texts = {str(file).split(".dist-info/")[-1]: file.locate() for file in files}
        document = json.loads(pathlib.Path(texts["sboms/chancery.spdx.json"]).read_text(encoding="utf-8"))
        owners = {p["packageFileName"]: p["name"] for p in document["packages"] if "packageFileName" in p}
        self.assertEqual(set(owners), {str(file) for file in files if str(file).startswith("chancery.libs/")})
        self.assertGreater(len(owners), 10)
        for package in owners.values():
            self.assertIn(f"licenses/libraries/{package}", texts)
        for name in ("licenses/LICENSE", "licenses/NOTICE"):
            self.assertIn(name, texts)


class Documents(unittest.TestCase):
    @unittest.skipUnless(has("pyarrow") and has("pandas"), "pandas is not here")
    def test_what_the_readme_shows_runs(self):
        readme = pathlib.Path(EXAMPLES, "../python/README.md").read_text(encoding="utf-8")
        code, = re.findall(r"^```python\n(.*?)^```$", readme, re.M | re.S)
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(EXAMPLES, os.path.join(folder, "examples"))
            done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, env={**os.environ, "CHANCERY_MODEL": "fast"})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("Helgadottir", done.stdout)


if __name__ == "__main__":
    unittest.main()
