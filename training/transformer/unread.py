"""Articles without annotations, as rows that chancery-dump reads: on them a network learns what an earlier one makes of them.

usage: unread.py DATA OUT.jsonl [--words N]
From DATA: the texts of statements/train.jsonl, then raw/articles.txt.gz from its newswire on, until N words are there.
What the gold records hold, in any split, is left out.
"""
import argparse
import gzip
import json
from pathlib import Path


def letters(text):
    return "".join(c for c in text.lower() if c.isalnum())


def texts(data):
    for line in open(data / "statements" / "train.jsonl", encoding="utf-8"):
        yield json.loads(line)["text"]
    with gzip.open(data / "raw" / "articles.txt.gz", "rt", encoding="utf-8") as raw:
        yield from raw.read().split("\n\n")


def measured(data):
    """The letters of all gold articles, which none of these may repeat."""
    return [letters(json.loads(line)["article"]["text"]) for path in sorted((data / "gold").glob("*.jsonl"))
            for line in open(path, encoding="utf-8")]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--words", type=float, default=8e5)
    o = parser.parse_args()
    gold, count, words = "\n".join(measured(o.data)), 0, 0
    with open(o.out, "w", encoding="utf-8") as out:
        for text in texts(o.data):
            plain = letters(text)
            middle = len(plain) // 2
            # A line of letters from the beginning or the middle that a gold article has: the same article.
            if len(plain) < 400 or plain[:80] in gold or plain[100:180] in gold or plain[middle:middle + 80] in gold:
                continue
            out.write(json.dumps({"article": {"id": f"unread-{count}", "text": text.strip()}}, ensure_ascii=False) + "\n")
            count, words = count + 1, words + len(text.split())
            if words >= o.words:
                break
    print(f"{count} articles, {words} words")


if __name__ == "__main__":
    main()
