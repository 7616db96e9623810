"""Learns whom a mention means, on the states of a trained encoder (src/reading/who/coreference.h has the scorer).

usage: coreference.py OUT.model [--leave-out FOLD] [--passes N] (--gold FILE.jsonl CASES STATES)… [--chains FILE.jsonl CASES STATES]
CASES: what `chancery-sign-cases mentions` writes of the file's articles; STATES: what `chancery-dump states` writes of them. FILE: records
(entities with mentions; pronouns by the words of speakers and of the sides of acts) or, after --chains, mentions with chains (README of data/names), of which the
pronouns alone are learnt from: its chains of phrases follow other rules. Of the gold articles in the fold left out nothing is learnt; how often the
likeliest answer is right there is printed. OUT: the sections "coreference.*", which chancery-pack puts into a packed model.
"""
import argparse
import json
import random

import numpy
import torch
from torch import nn
from torch.nn import functional as F

from export import ModelFile

WIDTH, HIDDEN, PAIR_ROWS, LONE_ROWS, REACH = 64, 64, 192, 64, 100
NAME, PHRASE, PRONOUN = range(3)
RATE, DROP = 2e-3, 0.4


def touch(a, b):
    """How far two spans are the same mention: 0..1."""
    n = min(a[1], b[1]) - max(a[0], b[0])
    share = n / max(a[1] - a[0], b[1] - b[0]) if n > 0 else 0.0
    return max(share, 0.9) if n > 0 and a[1] == b[1] else share


def as_list(x):
    return x if isinstance(x, list) else [x] if x else []


def gold_entities(record, mentions):
    """Whom each mention stands for, None where the record does not say."""
    told = [(m, e["id"]) for e in record["entities"] for m in e["mentions"]]
    sides = {tuple(words): who for event in record["events"] for side in ("source", "target")
             for who, words in zip(as_list(event[side]), event.get(side + "_words") or [])}
    sides |= {tuple(s["source"][0]): s["speaker"] for s in record["statements"] if s["source"] and s["speaker"]}
    out = []
    for m in mentions:
        if m["sort"] == PRONOUN:
            out.append(sides.get(tuple(m["span"])))
            continue
        inside = lambda span: span[0] <= m["head"][0] and m["head"][1] <= span[1]
        # Ours may end before gold's does: the same beginning and the head inside count as well.
        near = lambda span: max(touch(span, m["span"]), 0.5 * (abs(span[0] - m["span"][0]) < 5 and inside(span)))
        best = max(told, key=lambda t: near(t[0]), default=None)
        out.append(best[1] if best and near(best[0]) >= 0.5 else None)
    return out


def chained(document, mentions):
    """The same by chains, whose heads are given."""
    heads = {}
    for m in document["mentions"]:
        span = m["head"] if isinstance(m["head"], list) else m["span"]
        heads.setdefault(span[1], m["chain"])
    return [heads.get(m["head"][1]) for m in mentions]


class Article:
    def __init__(self, mentions, states, who, learnt):
        n = len(mentions)
        words = torch.tensor(states.astype("f4"))
        self.head = torch.stack([words[m["words"][2]] for m in mentions])
        self.mean = torch.stack([words[m["words"][0]:m["words"][1]].mean(0) for m in mentions])
        self.sort = torch.tensor([m["sort"] for m in mentions])
        self.lone = torch.tensor([m["lone"] for m in mentions])
        pairs = [(i, max(0, i - REACH) + k) for i, m in enumerate(mentions) for k in range(len(m["pairs"]))]
        self.later = torch.tensor([p[0] for p in pairs], dtype=torch.long)
        self.earlier = torch.tensor([p[1] for p in pairs], dtype=torch.long)
        self.signs = torch.tensor([s for m in mentions for s in m["pairs"]], dtype=torch.long).view(len(pairs), -1)
        same = torch.zeros(n, n + 1, dtype=torch.bool)
        for i, j in pairs:
            same[i, j] = who[i] is not None and who[i] == who[j]
        same[:, n] = ~same.any(1)
        self.same, self.known = same, torch.tensor([w is not None for w in who])
        self.asked = self.known & torch.tensor([m["sort"] in learnt for m in mentions])


class Scorer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.later_head, self.later_mean = nn.Linear(width, WIDTH), nn.Linear(width, WIDTH, bias=False)
        self.earlier_head, self.earlier_mean = nn.Linear(width, WIDTH), nn.Linear(width, WIDTH, bias=False)
        self.later, self.earlier, self.both = (nn.Linear(WIDTH, HIDDEN, bias=False) for _ in range(3))
        self.pair_signs = nn.EmbeddingBag(PAIR_ROWS, HIDDEN, mode="sum")
        self.lone_signs = nn.EmbeddingBag(LONE_ROWS, 1, mode="sum")
        nn.init.normal_(self.pair_signs.weight, 0, 0.1)
        nn.init.normal_(self.lone_signs.weight, 0, 0.1)
        self.out, self.none = nn.Linear(HIDDEN, 1, bias=False), nn.Linear(WIDTH, 1, bias=False)
        self.drop = nn.Dropout(DROP)

    def forward(self, a):
        """[mentions, mentions + 1]: the score of each earlier mention and, last, of none."""
        head, mean, n = self.drop(a.head), self.drop(a.mean), len(a.head)
        p = self.drop(F.relu(self.later_head(head) + self.later_mean(mean)))
        q = self.drop(F.relu(self.earlier_head(head) + self.earlier_mean(mean)))
        x = (self.later(p)[a.later] + self.earlier(q)[a.earlier] + self.both(p[a.later] * q[a.earlier])
             + self.pair_signs(a.signs))
        scores = torch.full((n, n + 1), -1e9)
        scores[a.later, a.earlier] = self.out(self.drop(F.relu(x)))[:, 0]
        scores[:, n] = self.none(p)[:, 0] + self.lone_signs(a.lone)[:, 0]
        return scores


def load(file, cases, states, fold, chains):
    """(articles to learn from, articles left out)"""
    raw = numpy.fromfile(states, dtype=numpy.uint8)
    width = int(raw[:4].view(numpy.uint32)[0])
    rows = raw[4:].view(numpy.float16).reshape(-1, width)
    learn, held, at = [], [], 0
    with open(file, encoding="utf8") as documents, open(cases, encoding="utf8") as asked:
        for line, case in zip(documents, asked, strict=True):
            document, case = json.loads(line), json.loads(case)
            own, at = rows[at:at + case["words"]], at + case["words"]
            mentions = case["mentions"]
            if not any(m["pairs"] for m in mentions):  # nobody is compared
                continue
            out = not chains and int(document["article"]["sha1"][:8], 16) % 5 == fold
            who = chained(document, mentions) if chains else gold_entities(document, mentions)
            (held if out else learn).append(Article(mentions, own, who, [PRONOUN] if chains else [NAME, PHRASE, PRONOUN]))
    assert at == len(rows), f"{states} is not of {cases}"
    return learn, held


def measure(scorer, articles):
    scorer.eval()
    for sort, name in ((NAME, "names"), (PHRASE, "phrases"), (PRONOUN, "pronouns")):
        n = right = links = true = there = 0
        with torch.no_grad():
            for a in articles:
                best = scorer(a).argmax(1)
                for i in torch.nonzero(a.known & (a.sort == sort))[:, 0].tolist():
                    found, has = bool(a.same[i, best[i]]), not bool(a.same[i, -1])
                    link = int(best[i]) < len(a.head)
                    n, right, links, true, there = n + 1, right + found, links + link, true + (link and found), there + has
        print(f"  {name}: {right / max(n, 1):.3f} of {n} right, links F {2 * true / max(links + there, 1):.3f}", flush=True)
    scorer.train()


def export(scorer, out):
    file = ModelFile()
    weight = lambda layer: layer.weight.T
    file.matrix("coreference.words", torch.cat([weight(scorer.later_head), weight(scorer.later_mean),
                                                weight(scorer.earlier_head), weight(scorer.earlier_mean)], 1))
    nothing = torch.zeros(WIDTH)
    file.matrix("coreference.words.bias", torch.cat([scorer.later_head.bias, nothing, scorer.earlier_head.bias, nothing]))
    for name, layer in (("later", scorer.later), ("earlier", scorer.earlier), ("both", scorer.both)):
        file.matrix("coreference." + name, weight(layer))
    file.matrix("coreference.pair_signs", scorer.pair_signs.weight)
    file.matrix("coreference.out", scorer.out.weight)
    file.matrix("coreference.none", scorer.none.weight)
    file.matrix("coreference.lone_signs", scorer.lone_signs.weight.T)
    file.save(out)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--gold", nargs=3, action="append", default=[])
    parser.add_argument("--chains", nargs=3, action="append", default=[])
    parser.add_argument("--leave-out", type=int)
    parser.add_argument("--passes", type=int, default=16)
    o = parser.parse_args()
    torch.manual_seed(20261126)
    torch.set_num_threads(1)
    learn, held = [], []
    for chains, sources in ((False, o.gold), (True, o.chains)):
        for source in sources:
            more, out = load(*source, o.leave_out, chains)
            learn += more
            held += out
    scorer = Scorer(learn[0].head.shape[1])
    optimizer = torch.optim.AdamW(scorer.parameters(), lr=RATE, weight_decay=0.02)
    step, steps, rng = 0, o.passes * len(learn), random.Random(20261126)
    for number in range(o.passes):
        rng.shuffle(learn)
        total = 0.0
        for a in learn:
            step += 1
            optimizer.param_groups[0]["lr"] = RATE * max(0.02, 1 - step / steps)
            if not a.asked.any():
                continue
            likely = scorer(a).log_softmax(1)
            loss = -torch.logsumexp(likely.masked_fill(~a.same, -1e9), 1)[a.asked].mean()
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(scorer.parameters(), 1.0)
            optimizer.step()
            total += loss.item()
        print(f"pass {number + 1}: loss {total / len(learn):.3f}", flush=True)
    measure(scorer, held)
    export(scorer, o.out)


if __name__ == "__main__":
    main()
