"""Trains the judges of words on the frozen states of a packed model, which keeps all else.

usage: judge.py WORK OUT.model [--epochs N] [--leave-out FOLD] [--records NAME…]
WORK holds, for each gold file of records NAME, NAME.jsonl (a copy), NAME.tokens.jsonl and NAME.states.bin, the last two written by
chancery-dump with that model. OUT.model is for `chancery-pack OUT.model PACKED.model WITH-JUDGES.model`. A few minutes on one core.
"""
import argparse
import json
import random
from pathlib import Path

import numpy
import torch

from data import JUDGES, UNKNOWN, fold_of, groups, load_records, tensors, windows
from export import ModelFile, judges
from network import Judges, record_loss

RATE, BATCH, DROPOUT = 1.5e-3, 3000, 0.35


class Frozen(Judges):
    def __init__(self, width):
        super().__init__()
        self.drop = torch.nn.Dropout(DROPOUT)
        self.add_judges(width)


def load_states(path):
    """An array of states, words of all articles in order."""
    data = path.read_bytes()
    width = int.from_bytes(data[:4], "little")
    return numpy.frombuffer(data, "<f2", offset=4).reshape(-1, width)


def load(work, name, folds):
    """Windows of the articles of those folds, each with the states of its words."""
    states, at, out = load_states(work / f"{name}.states.bin"), 0, []
    read = lambda kind: [json.loads(line) for line in open(work / f"{name}{kind}.jsonl", encoding="utf-8")]
    documents = load_records(work / f"{name}.jsonl", work / f"{name}.tokens.jsonl", set(range(5)))
    for gold, made, document in zip(read(""), read(".tokens"), documents):
        if fold_of(gold["article"]) in folds:
            for w in windows([document], lambda form: [0], "record"):
                begin = at + w.first
                out.append((w, torch.from_numpy(states[begin:begin + len(w.shapes)].astype("f4"))))
        at += len(made["tokens"])
    assert at == len(states), (at, len(states))
    return out


def batch_of(items):
    b = tensors([w for w, _ in items])
    x = torch.zeros(*b["shapes"].shape, items[0][1].shape[1])
    for row, (_, states) in enumerate(items):
        x[row, :len(states)] = states
    return b, x


def batches(items, rng):
    """Batches of windows of about the same length."""
    by_window = {id(w): s for w, s in items}
    return [[(w, by_window[id(w)]) for w in batch] for batch in groups([w for w, _ in items], BATCH, rng)]


def evaluate(network, items):
    network.eval()
    tallies = {name: [0, 0, 0] for name in JUDGES}
    with torch.no_grad():
        for batch in batches(items, random.Random(0)):
            b, x = batch_of(batch)
            for name, scores in network.judged(x).items():
                found, gold, first = scores.argmax(-1), b[name], -1 if name == "status" else 0
                have = gold != UNKNOWN
                t = tallies[name]
                t[0] += ((found == gold) & have & (gold != first)).sum().item()
                t[1] += (have & (found != first)).sum().item()
                t[2] += (have & (gold != first)).sum().item()
    network.train()
    return " ".join(f"{k} {2 * t[0] / max(t[1] + t[2], 1):.4f}" for k, t in tallies.items())


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("out")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--leave-out", type=int)
    parser.add_argument("--seed", type=int, default=20261126)
    parser.add_argument("--records", nargs="*", default=["train", "modern_train"])
    o = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    learnt = [i for n in o.records for i in load(o.work, n, set(range(5)) - {o.leave_out})]
    held = {n: load(o.work, n, {o.leave_out}) for n in o.records} if o.leave_out is not None else {}
    network = Frozen(learnt[0][1].shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.01)
    steps, step = o.epochs * len(batches(learnt, random.Random(0))), 0
    for epoch in range(o.epochs):
        total = 0.0
        for batch in batches(learnt, rng):
            for group in optimizer.param_groups:
                group["lr"] = RATE * max(1 - step / steps, 0.01)
            b, x = batch_of(batch)
            loss = record_loss(network, network.drop(x), b)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            total += loss.item()
            step += 1
        print(f"epoch {epoch + 1} loss {total / len(batches(learnt, random.Random(0))):.3f}", flush=True)
        for name, items in held.items():
            print(f"  {name}, words with the right class (F): {evaluate(network, items)}", flush=True)
    file = ModelFile()
    judges(file, network.state_dict())
    file.save(o.out)


if __name__ == "__main__":
    main()
