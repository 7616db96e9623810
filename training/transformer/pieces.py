"""Which word pieces news and speeches use: those that are rarer are cut into smaller ones by the shipped model.

usage: pieces.py BASE DATA OUT.txt [--least N]
BASE: the folder of the pre-trained model. Counted in DATA's raw/articles.txt.gz, raw/un_general_debate.txt.gz, raw/presidential.txt.gz and
the texts of statements/train.jsonl, some 50 M pieces. Writes a line for each piece to keep, in the order of its numbers: what is there N times
(28, which makes a file of 28 MB), all of one letter (whatever is rare can be cut into these) and the special ones.
"""
import argparse
import collections
import gzip
import itertools
from pathlib import Path

from tokenizers import Tokenizer

from unread import texts

AT_A_TIME = 2000


def written(data):
    yield from texts(data)
    for name in ("un_general_debate", "presidential"):
        with gzip.open(data / "raw" / f"{name}.txt.gz", "rt", encoding="utf-8") as raw:
            yield from raw


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("base", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--least", type=int, default=28)
    o = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(o.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    counts, rest = collections.Counter(), written(o.data)
    while some := list(itertools.islice(rest, AT_A_TIME)):
        for found in tokenizer.encode_batch(some, add_special_tokens=False):
            counts.update(found.ids)
    pieces = sorted(tokenizer.get_vocab().items(), key=lambda x: x[1])
    kept = [p for p, number in pieces if counts[number] >= o.least or len(p.removeprefix("##")) == 1 or p.startswith("[")]
    o.out.write_text("".join(p + "\n" for p in kept), encoding="utf-8")
    print(f"{len(kept)} of {len(pieces)} pieces")


if __name__ == "__main__":
    main()
