#!/usr/bin/env python3
"""Every export as its users load it: Python's csv, and R's read.delim with default arguments where R is here.
usage: exports_load_test.py PROGRAM"""
import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE / "examples"))
import load  # noqa: E402

program = sys.argv[1]
# What tears tables: quotation marks, tabs, line ends, hashes, apostrophes, non-Latin letters, in names and words.
NASTY = [
    {"id": 'a "b"\t#c', "publisher": "O'Neil \"Post\"", "published": "2031-05-14", "url": "https://news.example/a?b=\"c\"",
     "title": "She said \"no\"\tand 'yes' # twice",
     "text": "“We will never sign,” Norwegian Foreign Minister Tora “Tor\" Solheim told Swedish Foreign Minister Nils Ek in Oslo on "
             "Wednesday.\n\nThe United States imposed sanctions on Iran on Tuesday. Police in Paris arrested two men, "
             "officials said. Norway's #1 diplomat, Tora Solheim, said \"talks\" had begun."},
    {"id": "плюс", "published": "2031-05-20", "text": "Norwegian Foreign Minister Tora Solheim will visit Finland on May 30."},
    {"id": "later", "published": "2031-05-31",
     "text": "Norwegian Foreign Minister Tora Solheim visited Finland on May 30."},
    {"id": "undated", "text": "Iran rejected the demand of the United States on Friday."},
]


def run(*arguments, **more):
    done = subprocess.run([program, *arguments], capture_output=True, **more)
    assert done.returncode == 0, (arguments, done.stderr.decode())
    return done.stdout


def rows(path):
    with open(path, newline="", encoding="utf-8") as lines:
        return list(csv.reader(lines, dialect="excel-tab"))


def check_shape(name, table, width=None):
    width = width or len(table[0])
    assert table and all(len(row) == width for row in table), (name, width, {len(row) for row in table})
    assert len(table) > 1, name


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    nasty, ledger, other = folder / "nasty.jsonl", folder / "l.ledger", folder / "o.ledger"
    nasty.write_text("".join(json.dumps(a) + "\n" for a in NASTY))
    examples = [str(HERE / "examples/reports.jsonl"), str(HERE / "examples/accord.html")]
    run("ingest", "--model", "fast", "--ledger", str(ledger), *examples, str(nasty))
    run("ingest", "--model", "fast", "--ledger", str(other), str(nasty))
    for form in ("gdelt", "gdelt-mentions", "polecat", "petrarch"):
        run("export", "--ledger", str(ledger), "--format", form, "-o", str(folder / f"{form}.tsv"))
    tables = folder / "tables"
    run("export", "--ledger", str(ledger), "--format", "tables", "-o", str(tables))
    (tables / "x").mkdir()
    run("export", "--ledger", str(other), "--format", "tables", "-o", str(tables / "x"))

    gdelt, mentions, polecat = (rows(folder / f"{f}.tsv") for f in ("gdelt", "gdelt-mentions", "polecat"))
    check_shape("gdelt", gdelt, 61)
    check_shape("gdelt-mentions", mentions, 16)
    check_shape("polecat", polecat, 40)
    check_shape("petrarch", rows(folder / "petrarch.tsv"), 11)
    ids = [row[0] for row in gdelt]
    assert len(set(ids)) == len(ids) and all(0 < int(i) < 2**52 for i in ids)
    # Every event is mentioned, and every mention is of an event.
    assert set(ids) == {row[0] for row in mentions}
    assert any(row[51] for row in gdelt), "some act has a place"
    # Confidence is in percent, and empty where nobody judged: the fast model judges no acts, the accurate one does.
    run("ingest", "--model", "accurate", "--ledger", str(folder / "a.ledger"), examples[1])
    judged = [row.split("\t")[11] for row in run("export", "--ledger", str(folder / "a.ledger"), "--format", "gdelt-mentions").decode().splitlines()]
    assert any(judged) and all(not sure or 0 < int(sure) <= 100 for sure in [*judged, *(row[11] for row in mentions)]), judged
    # A visit that was first told as a plan is an act when it has taken place, and a promise before.
    assert any(row[5] == "NORGOV" and row[1] == "20310530" for row in gdelt), "the visit of May 30"
    header, polecat = polecat[0], polecat[1:]
    assert header[:4] == ["Event ID", "Event Date", "Event Type", "Event Mode"] and header[-1] == "Version"
    cow = {row[header.index("Actor Country")]: row[header.index("Actor COW")] for row in polecat}
    assert cow["NOR"] == "385" and cow["ISL"] == "395", cow
    assert len({row[0] for row in polecat}) == len(polecat)

    loaded = load.tables(tables)
    for name in ("articles", "entities", "times", "statements", "events", "positions", "novelty"):
        check_shape(name, rows(tables / f"{name}.tsv"))
        assert loaded[name], name
    codes = {row["country"]: (str(row["cow"]), row["wikidata"]) for row in loaded["entities"]}
    assert codes["NOR"] == ("385", "Q20") and codes["ISL"] == ("395", "Q189"), codes
    known = {row["article"] for row in loaded["articles"]}
    texts = {}
    for line in run("export", "--ledger", str(ledger), "--format", "records").decode().splitlines():
        article = json.loads(line)["article"]
        texts[article["id"].replace("\t", " ")] = article["text"]
    for name in ("statements", "events"):
        for row in loaded[name]:
            begin, end = map(int, row["spans"].split(" ")[0].split("-"))
            words = texts[row["article_id"]]
            assert row["article"] in known
            said = (row["content"] if name == "statements" else row["words"]) or ""
            assert said.startswith(words[begin:end].replace("\n", " ").replace("\t", " ")), (name, row)
    odd = next(row for row in loaded["articles"] if row["article_id"].startswith("a \"b\""))
    assert odd["publisher"] == "O'Neil \"Post\"" and odd["title"] == "She said \"no\" and 'yes' # twice", odd
    undated = [row for row in loaded["events"] if row["article_id"] == "undated"]
    assert undated and all(row["published"] is None for row in undated)
    # The number of an act does not depend on the ledger.
    acts = {(row["article_id"], row["id"]): row["act"] for row in loaded["events"]}
    for row in load.tables(tables / "x")["events"]:
        assert acts[row["article_id"], row["id"]] == row["act"], row

    kinds = set()
    for line in run("export", "--ledger", str(ledger), "--format", "json-ld").decode().splitlines():
        for part in json.loads(line)["hasPart"]:
            kinds.add((part["@type"], part["chancery:quote"]))
    assert {("Quotation", "direct"), ("Claim", "indirect")} <= kinds and ("Quotation", "indirect") not in kinds, kinds

    if not shutil.which("Rscript"):
        print("R is not here: not loaded with read.delim")
        sys.exit(0)
    script = folder / "check.R"
    script.write_text("""
source(file.path(commandArgs(TRUE)[2], "examples", "load.R"))
folder <- commandArgs(TRUE)[1]
options(warn = 2)
for (file in c(list.files(file.path(folder, "tables"), "[.]tsv$", full.names = TRUE), file.path(folder, "polecat.tsv"))) {
  table <- read.delim(file)
  cat(basename(file), nrow(table), ncol(table), "\\n")
  for (day in intersect(c("published", "from", "to"), names(table))) stopifnot(inherits(as.Date(table[[day]]), "Date"))
}
for (file in c("gdelt.tsv", "gdelt-mentions.tsv", "petrarch.tsv")) {
  table <- read.delim(file.path(folder, file), header = FALSE)
  cat(file, nrow(table), ncol(table), "\\n")
}
record <- chancery_tables(file.path(folder, "tables"))
stopifnot(is.numeric(record$events$goldstein), inherits(record$events$from, "Date"), is.character(record$events$cameo))
stopifnot(all(record$events$article %in% record$articles$article))
stopifnot(nrow(chancery_polecat(file.path(folder, "polecat.tsv"))) > 5, ncol(chancery_gdelt(file.path(folder, "gdelt.tsv"))) == 61)
""")
    done = subprocess.run(["Rscript", "--vanilla", str(script), str(folder), str(HERE)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for line in done.stdout.splitlines():
        name, count, width = line.split()
        headed = name not in ("gdelt.tsv", "gdelt-mentions.tsv", "petrarch.tsv")
        table = rows(tables / name if (tables / name).exists() else folder / name)
        assert len(table) - headed == int(count) and len(table[0]) == int(width), (line, len(table))
print("every export loads")
