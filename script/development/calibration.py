#!/usr/bin/env python3
"""How far a statement's confidence can be believed: by tenths of confidence, the share that the gold has (content Jaccard >= 0.5 and
the sources share a word), and the expected calibration error.
usage: calibration.py GOLD.jsonl SYSTEM.jsonl [first|second]   half of the gold's articles"""
import collections
import json
import re
import sys

WORD = re.compile(r"\w+")
system = {}
for line in open(sys.argv[2]):
    record = json.loads(line)
    system[record["article"]["id"]] = record
gold = open(sys.argv[1]).readlines()
half = len(gold) // 2
part = gold[:half] if "first" in sys.argv else gold[half:] if "second" in sys.argv else gold
bins = collections.defaultdict(lambda: [0, 0, 0.0])
for line in part:
    row = json.loads(line)
    starts = [m.span() for m in WORD.finditer(row["text"])]

    def words(spans):
        return {i for i, (s, e) in enumerate(starts) for a, b in spans or [] if s < b and e > a}

    known = [(words(a["content"]), words(a["source"])) for a in row["attributions"]]
    for s in system[row["id"]]["statements"]:
        c, source = words(s["content"]), words(s.get("source"))
        right = any(len(c & x) / max(1, len(c | x)) >= 0.5 and (y & source or not y and not source) for x, y in known)
        tenth = bins[min(9, int(s.get("confidence", 0) * 10))]
        tenth[0] += 1
        tenth[1] += right
        tenth[2] += s.get("confidence", 0)
total = sum(b[0] for b in bins.values())
for key in sorted(bins):
    n, right, said = bins[key]
    print(f"{key / 10:.1f}: {n} statements, {right / n:.3f} right, {said / n:.3f} said")
print(f"expected_calibration_error {sum(abs(r - s) for _, r, s in bins.values()) / total:.4f}")
