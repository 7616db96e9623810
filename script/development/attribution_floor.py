#!/usr/bin/env python3
"""The floor to compare attribution with: regular expressions alone. Quotations, and the clause behind or before a verb of
saying, with the nearest capitalised name or pronoun of the sentence as source.
usage: attribution_floor.py GOLD.jsonl > SYSTEM.jsonl   (then score/statements.py GOLD.jsonl SYSTEM.jsonl)"""
import json
import re
import sys

SAID = re.compile(r"\b(said|says|say|told|tells|added|adds|wrote|asked|noted|announced|argued|claimed|declared|explained|insisted|stated|warned|reported|replied|according to)\b")
NAME = re.compile(r"\b(?:(?:Mr|Mrs|Ms|Dr|Sen|Gov|Rep)\.? )?[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+)*|\b(?:he|she|they|He|She|They)\b")
QUOTE = re.compile(r"[“\"][^”\"]{15,}[”\"]")
for line in open(sys.argv[1]):
    row = json.loads(line)
    text, out = row["text"], []
    for m in re.finditer(r"[^\n]+?(?:[.!?][”\"]?(?= |\n|$)|(?=\n|$))", text):
        begin, end = m.span()
        sentence = text[begin:end]
        said = SAID.search(sentence)
        if not said:
            continue
        names = [n for n in NAME.finditer(sentence)]
        names.sort(key=lambda n: min(abs(n.start() - said.end()), abs(n.end() - said.start())))
        quotes = [q for q in QUOTE.finditer(sentence)]
        content = [[begin + q.start(), begin + q.end()] for q in quotes]
        names = [n for n in names if not any(q.start() <= n.start() < q.end() for q in quotes)]
        source = names[0] if names else None
        if not content:
            after = [said.end(), len(sentence)] if len(sentence) - said.end() > said.start() else [0, said.start()]
            if source and after[0] <= source.start() < after[1] and after[0] == 0:
                after[1] = source.start()
            content = [[begin + after[0], begin + after[1]]]
        out.append({"source": [[begin + source.start(), begin + source.end()]] if source else [], "cue": [[begin + said.start(), begin + said.end()]], "content": content})
    print(json.dumps({"article": {"id": row["id"]}, "statements": out}))
