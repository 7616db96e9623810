#!/usr/bin/env python3
"""Two measures of coded events on single sentences for which the scorers have no file of their own.
usage: event_agreement.py quad GOLD.jsonl SYSTEM.jsonl    share of sentences whose first coded event (in the order of the text,
                                                          denied ones left out) has the gold's quad class; 0: no event or one of words
       event_agreement.py roles GOLD.jsonl SYSTEM.jsonl   F1 of sources and targets found: a mention of a coded event's side that
                                                          overlaps the gold span of that role ("both" counts for either)"""
import collections
import json
import sys

QUAD = {**dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1), **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
        **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION"), 3), **dict.fromkeys(("PROTEST", "MOBILIZE", "COERCE", "ASSAULT"), 4)}
# What is promised is a promise by PLOVER's rule (a future act of cooperation is AGREE), and what is only considered is no event.
def quad(event):
    return 1 if event["status"] == "planned" and QUAD[event["type"]] < 3 else QUAD[event["type"]]


what, gold_path, system_path = sys.argv[1:]
system = {}
for line in open(system_path):
    record = json.loads(line)
    system[record["article"]["id"]] = record
right = total = answered = 0
hit = said = gold_n = found = 0
confusion = collections.Counter()
for line in open(gold_path):
    row = json.loads(line)
    record = system.get(row["id"], {})
    events = [e for e in record.get("events", []) if e["status"] not in ("denied", "possible")]
    if what == "quad":
        first = quad(events[0]) if events else 0
        total += 1
        # PLOVER's REQUEST holds both appeals (0) and demands (3).
        right += first == row["quad"] or bool(events and row["quad"] == 0 and events[0]["type"] == "REQUEST")
        answered += bool(events)
        confusion[(row["quad"], events[0]["type"] if events else None)] += 1
        continue
    mentions = {e["id"]: [m[:2] if isinstance(m, list) else m["span"] for m in e["mentions"]] for e in record.get("entities", [])}
    sides = {"source": [], "target": []}
    for e in events:
        for side in sides:
            for i in e.get(side, []):
                sides[side].append(mentions.get(i, []))
    gold = [(s["role"], s["span"]) for s in row["spans"]]
    overlap = lambda spans, g: any(a < g[1] and g[0] < b for a, b in spans)
    for role, g in gold:
        names = ("source", "target") if role == "both" else (role,)
        gold_n += 1
        found += any(overlap(spans, g) for n in names for spans in sides[n])
    seen = set()
    for side in sides:
        for spans in sides[side]:
            key = (side, str(spans))
            if key in seen:
                continue
            seen.add(key)
            said += 1
            hit += any(role in (side, "both") and overlap(spans, g) for role, g in gold)
if what == "quad":
    for (q, t), n in sorted(confusion.items(), key=lambda x: -x[1])[:25]:
        print("gold", q, "said", t, n)
    print(f"answered {answered / total:.4f}\nquad_agreement {right / total:.4f}")
else:
    p, r = hit / max(1, said), found / max(1, gold_n)
    print(f"roles_precision {p:.4f}\nroles_recall {r:.4f}\nroles_f1 {2 * p * r / max(1e-9, p + r):.4f}")
