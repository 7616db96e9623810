#!/usr/bin/env python3
"""Missed attributions by class of cue: what score/statements.py counts as missing, sorted by what attributes.
usage: attribution_misses.py GOLD.jsonl SYSTEM.jsonl LEXICON/cues.tsv"""
import collections
import json
import re
import sys

gold, system = [json.loads(l) for l in open(sys.argv[1])], {}
for line in open(sys.argv[2]):
    record = json.loads(line)
    system[record["article"]["id"]] = record
strength = {}
for line in open(sys.argv[3]):
    if not line.startswith("#"):
        cells = line.rstrip("\n").split("\t")
        strength[cells[0]] = cells[2]
WORD = re.compile(r"\w+")
WISH = set("want plan hope aim seek intend try refuse agree decline prefer wish need expect decide like love hate fear worry consider".split())
MIND = set("think believe know feel see understand realize suspect doubt remember recall learn hear imagine".split())


def stem(word):
    for tail, put in (("ies", "y"), ("ied", "y"), ("es", ""), ("es", "e"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("s", "")):
        if word.endswith(tail) and (word[: -len(tail)] + put) in strength | dict.fromkeys(WISH | MIND, ""):
            return word[: -len(tail)] + put
    return {"said": "say", "told": "tell", "wrote": "write", "thought": "think", "felt": "feel", "knew": "know", "saw": "see"}.get(word, word)


def kind(row, a):
    text = row["text"]
    cue = " ".join(text[s:e] for s, e in a["cue"]).lower()
    words = WORD.findall(cue)
    if not words:
        return "punctuation (colon, dash)"
    stems = [stem(w) for w in words]
    if "according" in words:
        return "according to"
    if not a["source"]:
        return "no source in the text"
    if any(s in WISH for s in stems):
        return "wish, plan, refusal"
    if any(s in MIND for s in stems):
        return "belief and knowledge"
    if any(strength.get(s) == "say" for s in stems):
        return "verb of saying"
    if len(words) == 1 and words[0] in ("in", "for", "of", "to", "as", "on", "by", "with", "from", "against"):
        return "preposition alone"
    return "other verb or noun"


counts, all_counts, half = collections.Counter(), collections.Counter(), collections.Counter()
for row in gold:
    starts = [m.span() for m in WORD.finditer(row["text"])]

    def words(spans):
        return {i for i, (s, e) in enumerate(starts) for a, b in spans or [] if s < b and e > a}

    said = [(words(s["content"]), words(s.get("source"))) for s in system.get(row["id"], {}).get("statements", [])]
    for a in row["attributions"]:
        c, s, k = words(a["content"]), words(a["source"]), kind(row, a)
        all_counts[k] += 1
        best = max(said, key=lambda x: len(x[0] & c) / max(1, len(x[0] | c)), default=None)
        if best and len(best[0] & c) / max(1, len(best[0] | c)) >= 0.5 and (best[1] & s or not best[1] and not s):
            continue
        counts[k] += 1
        half[k] += bool(best and best[0] & c)
for k, n in counts.most_common():
    print(f"{k}\tmissed {n} of {all_counts[k]}\tof these overlapped {half[k]}")
