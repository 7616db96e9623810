"""Gathers what a course reads into one small file, for a machine that has nothing but it (train.py --gathered).

usage: gather.py WORK OUT.xz [--records NAME…]      WORK: what script/train has prepared there (train.py tells what)
Words, labels and links are kept; where they stood in their texts is not. Trees of records and of unread articles are left out: a
finished training gives them (train.py --grammar). Made to be read by train.py of the same commit alone.
"""
import argparse
import json
import lzma
import pickle
from array import array
from pathlib import Path

from data import JUDGES, UNKNOWN, Sentence, fold_of, load_corpus, load_records, load_told, load_unread


def small(values):
    return array("h", values).tobytes()


def large(data):
    return memoryview(data).cast("h").tolist()


def thinned(sentences, columns):
    """A document as bytes: its forms, where sentences and paragraphs begin, and the columns of labels that it has."""
    forms = "\n".join(f for s in sentences for f in s.forms)
    out = {"forms": forms, "lengths": small(len(s.forms) for s in sentences), "paragraphs": small(int(s.paragraph) for s in sentences)}
    if columns == "tree":
        for k in range(6):
            out[k] = small(row[k] for s in sentences for row in s.labels)
        out["heads"] = small(h for s in sentences for h in s.heads)
        out["relations"] = small(r for s in sentences for r in s.relations)
    if columns == "judged":
        for name in JUDGES:
            out[name] = small(v for s in sentences for v in s.extra[1][name])
    if sentences[0].extra:
        out["links"], out["mentions"] = sentences[0].extra[2], sentences[0].extra[3]
    return out


def restored(thin):
    """The sentences of a thinned document."""
    forms, at, out = thin["forms"].split("\n"), 0, []
    tree = [large(thin[k]) for k in range(6)] if "heads" in thin else None
    heads, relations = (large(thin[n]) for n in ("heads", "relations")) if tree else (None, None)
    judged = {name: large(thin[name]) for name in JUDGES} if "act" in thin else None
    for length, paragraph in zip(large(thin["lengths"]), large(thin["paragraphs"])):
        s = Sentence(bool(paragraph))
        here = slice(at, at + length)
        s.forms = forms[here]
        s.labels = [[column[i] for column in tree] for i in range(at, at + length)] if tree else [[UNKNOWN] * 6] * length
        s.heads, s.relations = (heads[here], relations[here]) if tree else ([UNKNOWN] * length, [UNKNOWN] * length)
        if "links" in thin:
            s.extra = (at, {name: judged[name][here] if judged else [UNKNOWN] * length for name in JUDGES}, thin["links"], thin["mentions"])
        at += length
        out.append(s)
    return out


def load_gathered(path):
    """(labels, documents by part, (fold, document) by file of records, told, unread)"""
    with lzma.open(path) as file:
        labels, parts, records, told, unread = pickle.load(file)
    return (labels, {n: [(i, restored(d)) for i, d in documents] for n, documents in parts.items()},
            {n: [(fold, i, restored(d)) for fold, i, d in documents] for n, documents in records.items()},
            [restored(d) for d in told], [restored(d) for d in unread])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--records", nargs="*", default=["train", "modern_train"])
    o = parser.parse_args()
    files = lambda name: (o.work / f"{name}.jsonl", o.work / f"{name}.tokens.jsonl")
    labels, parts = load_corpus(o.work / "corpus.txt")
    parts = {n: [(i, thinned(d, "tree")) for i, d in documents] for n, documents in parts.items()}
    records = {}
    for name in o.records:
        articles = [json.loads(line)["article"] for line in open(files(name)[0], encoding="utf-8")]
        documents = load_records(*files(name), set(range(5)))
        records[name] = [(fold_of(a), a["id"], thinned(d, "judged")) for a, d in zip(articles, documents, strict=True)]
    told = [thinned(d, "words") for d in load_told(*files("told"))]
    unread = [thinned(d, "words") for d in load_unread(*files("unread"))]
    with lzma.open(o.out, "wb", preset=6) as file:
        pickle.dump((labels, parts, records, told, unread), file)
    print(f"{o.out}: {o.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
