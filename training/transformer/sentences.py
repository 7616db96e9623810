"""Sentences of which the act is told but not the word that tells it, made into rows that chancery-dump and data.py read.

usage: sentences.py DATA OUT.jsonl [--leave-out FOLD]
DATA/events: plv_train.jsonl (an act between two marked actors), quad_train.jsonl (the class of a sentence), roles_train.jsonl (spans of
source and target). A row: {"article": {"id", "text"}, "types": [the types of which one is told], "source": [spans], "target": [spans],
"idle": whether nothing is done there}. A sentence that a left-out fold of plv_train has, in any of the three files, is left out.
"""
import argparse
import json
from pathlib import Path

QUADS = {1: ["AGREE", "CONSULT", "SUPPORT", "COOPERATE"], 2: ["COOPERATE", "AID", "CONCEDE", "RETREAT"],
         3: ["REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"], 4: ["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]}
# What that corpus calls YIELD is two types since.
ROOTS = {"YIELD": ["CONCEDE", "RETREAT"]}


def letters(text):
    return "".join(c for c in text.lower() if c.isalnum())


def row(one, **more):
    return {"article": {"id": one["id"], "text": one["text"]}, "types": [], "source": [], "target": [], "idle": False} | more


def pair_row(pair):
    return row(pair, types=ROOTS.get(pair["root"], [pair["root"]]), source=pair["source_spans"], target=pair["target_spans"])


def class_row(sentence):
    return row(sentence, types=QUADS.get(sentence["quad"], []), idle=sentence["quad"] == 0)


def roles_row(sentence):
    """The text has blanks between words; a mutual act's actors stand on both sides."""
    spans = lambda side: [s["span"] for s in sentence["spans"] if s["role"] in (side, "both")]
    return row(sentence, source=spans("source"), target=spans("target"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--leave-out", type=int)
    o = parser.parse_args()
    read = lambda name: [json.loads(line) for line in open(o.data / "events" / f"{name}.jsonl", encoding="utf-8")]
    pairs = read("plv_train")
    held = {letters(p["text"]) for p in pairs if p["fold"] == o.leave_out}
    rows = [make(one) for name, make in (("plv_train", pair_row), ("quad_train", class_row), ("roles_train", roles_row))
            for one in read(name) if letters(one["text"]) not in held]
    with open(o.out, "w", encoding="utf-8") as out:
        for one in rows:
            out.write(json.dumps(one, ensure_ascii=False) + "\n")
    print(f"{len(rows)} sentences, {len(held)} left out")


if __name__ == "__main__":
    main()
