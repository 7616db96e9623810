#!/usr/bin/env python3
"""What CONTRIBUTING.md tells a newcomer to do with tables, done: a word that takes a stance, one that attributes, one that names an act, a way to say
when, a feast; and what is said when a line is wrong. The tests that it names are there.
usage: newcomers_test.py PROGRAM"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(sys.argv[1]).resolve()


def run(data, text, code=0):
    """The record of a text by these tables; what is said where they are refused."""
    article = json.dumps({"id": "a", "published": "2031-05-14", "text": text})
    done = subprocess.run([PROGRAM, "code", "--model", "fast", "-"], input=article + "\n", capture_output=True, text=True,
                          env={**os.environ, "CHANCERY_DATA": str(data), "CHANCERY_CONFIG": "/dev/null"})
    assert done.returncode == code, (text, done.returncode, done.stderr)
    return done.stderr if code else json.loads(done.stdout)


def add(data, table, line):
    with open(data / table, "a", encoding="utf-8") as f:
        f.write(line + "\n")


def stances(record):
    names = {e["id"]: e["name"] for e in record["entities"]}
    return [(names[p["holder"]], p["stance"]) for p in record["positions"]]


def cues(record):
    text = record["article"]["text"]
    return [text[begin:end] for s in record["statements"] for begin, end in s["cue"]]


def acts(record):
    names = {e["id"]: e["name"] for e in record["entities"]}
    return [(*[names[e] for e in v["source"]], v["type"], *[names[e] for e in v["target"]]) for v in record["events"]]


def values(record):
    return [t["value"] for t in record["times"]]


# Each: a table, the line that a newcomer adds, a text, what is asked of its record, and the answer that the line brings and nothing else.
WAYS = [
    ("lexicon/stances.tsv", "bemoan\tverb\topposes", "Norway bemoaned the plan of Iceland.", stances, [("Norway", "opposes")]),
    ("lexicon/cues.tsv", "croon\tsay\tclause|quote\tsay", "Jon Arnarson crooned that the port was closed.", cues, ["crooned"]),
    ("lexicon/events.tsv", "bemoan\tv\t\t\tACCUSE\tdisapprove\t111\t\tobject", "Norway bemoaned Iceland.", acts, [("Norway", "ACCUSE", "Iceland")]),
    ("time/feasts.tsv", "Lantern Day\t02-05", "The port of Bergen was opened on Lantern Day.", values, ["2031-02-05"]),
    ("time/rules.tsv", "lantern year\tthis lantern year\tDATE\tshift(Y,0)\t\t\tIt opened this lantern year.\t2025-09-23\t2025",
     "The port of Bergen opened this lantern year.", values, ["2031"]),
]

with tempfile.TemporaryDirectory() as folder:
    for number, (table, line, text, asked, answer) in enumerate(WAYS):
        data = pathlib.Path(folder) / str(number)
        shutil.copytree(SOURCE / "data", data)
        before = asked(run(data, text))
        add(data, table, line)
        after = asked(run(data, text))
        assert before != after == answer, (table, before, after)

    # A wrong line is named, with its file and place.
    data = pathlib.Path(folder) / "wrong"
    shutil.copytree(SOURCE / "data", data)
    for table, line in (("lexicon/stances.tsv", "bemoan\tverb\tbemoans"), ("lexicon/words.tsv", "done.nowhere\tbemoan\tno set of any rule"),
                        ("time/rules.tsv", "lantern year\tthis $lantern\tDATE\tshift(Y,0)\t\t\tIt opened.\t2025-09-23\t2025")):
        kept = (data / table).read_text(encoding="utf-8")
        add(data, table, line)
        said = run(data, "Norway met Iceland.", 3)
        place = f"{pathlib.Path(table).name}:{kept.count(chr(10)) + 1}"
        assert place in said, (place, said)
        (data / table).write_text(kept, encoding="utf-8")

# The tests that the document names.
tests = PROGRAM.parent / "chancery_tests"
listed, suite = [], ""
for row in subprocess.run([tests, "--gtest_list_tests"], capture_output=True, text=True, check=True).stdout.splitlines():
    if row.startswith("  "):
        listed.append(suite + row.split()[0])
    else:
        suite = row.split()[0] if row.strip() else ""
text = (SOURCE / "CONTRIBUTING.md").read_text(encoding="utf-8")
named = [pattern for filters in re.findall(r"--gtest_filter='([^']+)'", text) for pattern in filters.split(":")]
named += re.findall(r"`([A-Z]\w+\.[A-Z]\w+)`", text)
assert len(named) > 6, named
for pattern in named:
    assert any(re.fullmatch(re.escape(pattern).replace(r"\*", ".*"), test) for test in listed), f"CONTRIBUTING.md names {pattern}, which no test bears"
print("a newcomer's ways work")
