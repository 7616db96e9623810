"""script/development/annotate on a text and lines invented here: words become the right places, what is not in the text is named with its
line, records that are kept hold no word of their texts and find them again; and the records in training/records are sound."""
import gzip
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TEXT = ("OLMVIK, May 3 -- Premier Ida Marr told Radio Olm on Tuesday that Norvania “must free the crew”, and denounced the raid.\n\n"
        "\"We will talk,\" she said. \"Only then.\" Marr met Norvanian envoys last week.\n\n"
        "It was the first such meeting since 2011, the radio said.")
LINES = """@ olm-1
E marr person NRV GOV | Premier Ida Marr ; Marr
E radio organization - JRN | Radio Olm ; the radio @3
E norv place NOR GOV | Norvania
E envoys group NOR GOV+ELI | Norvanian envoys
# a remark
S 1 | Premier Ida Marr | told | that Norvania ... free the crew" | speaker=marr via=radio to=radio
S 2 | she | said | "We will talk," + "Only then." | speaker=marr
S 3 | the radio | said | It was the first ... since 2011 | speaker=radio
A 2 | CONSULT occurred | met | Marr | Norvanian envoys | source=marr target=envoys
A 1 | ACCUSE occurred | denounced | Premier Ida Marr | - | source=marr target=-
P 1 | demands | Norvania "must free the crew" | holder=marr toward=norv
P 2 | offers | We will talk | holder=marr toward=norv if="Only then"
N 3 | the first such meeting since 2011 | first
"""
WRONG = """@ olm-1
E marr person NRV GOV | Premier Ida Marr ; Premier Hanna Colt
E marr person NRV GOV | Marr
E colt thing NRV GOV | Marr
S 2 | he | said | "We will talk," | speaker=marr
A 2 | GREET occurred | met | Marr | - | source=marr
A 9 | CONSULT occurred | met | Marr | - | source=marr
A 2 | CONSULT occurred | met | Marr | - | source=nobody
P 2 | demands
X what
@ olm-2
"""


def run(*arguments):
    return subprocess.run([sys.executable, f"{ROOT}/script/development/annotate", *map(str, arguments)], capture_output=True, text=True, check=False)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with (gzip.open if path.endswith(".gz") else open)(path, "wt", encoding="utf8") as f:
        f.write(text)


def rows(path):
    with open(path, encoding="utf8") as f:
        return [json.loads(line) for line in f]


def words_become_places(folder):
    write(f"{folder}/articles.jsonl", json.dumps({"id": "olm-1", "published": "2024-05-03", "text": TEXT}) + "\n")
    write(f"{folder}/lines", LINES)
    done = run("gold", f"{folder}/articles.jsonl", f"{folder}/lines", "-o", f"{folder}/gold.jsonl")
    assert done.returncode == 0 and "1 articles, 0 problems" in done.stderr, done.stderr
    gold, = rows(f"{folder}/gold.jsonl")
    said = lambda spans: [TEXT[b:e] for b, e in spans]
    mentions = {e["id"]: said(e["mentions"]) for e in gold["entities"]}
    # "Marr" inside her longer mention is no mention of its own; "the radio" is looked for where it was asked for.
    assert mentions == {"marr": ["Premier Ida Marr", "Marr"], "radio": ["Radio Olm", "the radio"], "norv": ["Norvania"], "envoys": ["Norvanian envoys"]}, mentions
    assert gold["entities"][3]["actor"] == {"country": "NOR", "sector": "GOV", "other_sectors": ["ELI"]}
    first, second, third = gold["statements"]
    # Curly quotation marks may be written straight.
    assert said(first["content"]) == ["that Norvania “must free the crew”"] and first["quote"] == "mixed" and first["via"] == ["radio"], first
    assert said(second["content"]) == ['"We will talk,"', '"Only then."'] and second["quote"] == "direct" and said(second["source"]) == ["she"], second
    # The nearest of two words: the third "said", not the second.
    assert third["cue"] == [[TEXT.rindex("said"), TEXT.rindex("said") + 4]] and third["quote"] == "indirect", third
    met, denounced = gold["events"]
    assert (TEXT[slice(*met["trigger"])], said(met["source_words"]), said(met["target_words"]), met["target"]) == ("met", ["Marr"], ["Norvanian envoys"], ["envoys"]), met
    assert met["source_words"] != denounced["source_words"] and denounced["target"] == [] and denounced["target_words"] == [], denounced
    assert said(gold["positions"][1]["condition"]) == ["Only then"] and gold["positions"][0]["toward"] == ["norv"]
    assert TEXT[slice(*gold["novelty"][0]["span"])] == "the first such meeting since 2011"


def what_is_wrong_is_named(folder):
    write(f"{folder}/wrong", WRONG)
    done = run("check", f"{folder}/articles.jsonl", f"{folder}/wrong")
    for line, why in ((2, "marr: not found: Premier Hanna Colt"), (3, "twice: marr"), (4, "no kind: thing"), (5, "not in paragraph 2: he"), (6, "no type or status: GREET occurred"),
                      (7, "no paragraph 9"), (8, "no entity: nobody"), (9, "not a line of the form"), (10, "not a line of the form"), (11, "no such article: olm-2")):
        assert f"wrong:{line}: {why}" in done.stdout, (line, why, done.stdout)
    assert "1 articles, 10 problems" in done.stdout, done.stdout


def records_are_kept_without_words(folder):
    assert run("places", f"{folder}/gold.jsonl", "-o", f"{folder}/places.jsonl").returncode == 0
    with open(f"{folder}/places.jsonl", encoding="utf8") as f:
        kept = f.read()
    for word in ("Marr", "Norvania", "crew", "Radio", "meeting"):
        assert word not in kept, word
    # The same text as the second piece of a longer one.
    before = "Long before.\n\n" + "word " * 390
    for name in ("newspages/newspages", "modern/modern", "page/bodies"):
        write(f"{folder}/data/{name}.jsonl", json.dumps({"body": "Nothing."}) + "\n")
    for name in ("time/timebank", "time/aquaint"):
        write(f"{folder}/data/{name}.jsonl", json.dumps({"text": "Nothing."}) + "\n")
    write(f"{folder}/data/statements/train.jsonl", json.dumps({"text": before + "\n\n" + TEXT}) + "\n")
    write(f"{folder}/data/raw/articles.txt.gz", "Nothing.\n\nNothing at all.")
    done = run("texts", f"{folder}/data", f"{folder}/places.jsonl", "-o", f"{folder}/again.jsonl")
    assert done.returncode == 0, done.stderr
    again, gold = rows(f"{folder}/again.jsonl"), rows(f"{folder}/gold.jsonl")
    assert [r["article"] for r in again] == [r["article"] for r in gold]
    for layer in ("statements", "events", "positions", "entities"):
        assert again[0][layer] == gold[0][layer], (again[0][layer], gold[0][layer])
    # Texts of our own are kept with their words.
    assert run("places", "--with-text", f"{folder}/gold.jsonl", "-o", f"{folder}/own.jsonl").returncode == 0
    assert run("texts", f"{folder}/data", f"{folder}/own.jsonl", "-o", f"{folder}/again.jsonl").returncode == 0
    assert rows(f"{folder}/again.jsonl") == again
    # A text that is not there is named, and the others go on.
    write(f"{folder}/data/statements/train.jsonl", json.dumps({"text": "Nothing."}) + "\n")
    done = run("texts", f"{folder}/data", f"{folder}/places.jsonl", "-o", f"{folder}/none.jsonl")
    assert "no text of olm-1" in done.stderr and rows(f"{folder}/none.jsonl") == [], done.stderr


def kept_records_are_sound():
    """What training/records holds: places of its own texts, or places alone; every name in it is an entity's."""
    folder = f"{ROOT}/training/records"
    files = sorted(f"{folder}/{name}" for name in os.listdir(folder) if name.endswith(".jsonl"))
    assert files
    for path in files:
        for record in rows(path):
            article, layer = record["article"], lambda name: record.get(name, [])
            known = {e["id"] for e in layer("entities")}
            assert len(article["sha1"]) == 40, article
            assert not any("name" in e for e in layer("entities")) and not any("topic" in p for p in layer("positions")), article["id"]
            spans = ([m for e in layer("entities") for m in e.get("mentions", [])] + [s for x in layer("statements") for s in x["content"]]
                     + [v["trigger"] for v in layer("events")])
            assert all(0 <= b < e for b, e in spans), article["id"]
            if "text" in article:
                assert all(e <= len(article["text"]) for _, e in spans), article["id"]
            named = [i for v in layer("events") for i in v.get("source", []) + v.get("target", [])] + [s["speaker"] for s in layer("statements") if s["speaker"]]
            assert set(named) <= known, (article["id"], set(named) - known)


def main():
    with tempfile.TemporaryDirectory() as folder:
        words_become_places(folder)
        what_is_wrong_is_named(folder)
        records_are_kept_without_words(folder)
    kept_records_are_sound()


if __name__ == "__main__":
    main()
