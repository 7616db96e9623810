"""Fine-tunes a pre-trained encoder for all heads of chancery's language engine at once.

usage: train.py BASE WORK [--pieces N] [--from CHECKPOINT] [--teacher CHECKPOINT] [--told] [--rate R] [--seed N] [--leave-out FOLD] [--threads N] [--records NAME…] [--shares KIND=SHARE…]
BASE: the folder of the pre-trained model (tokenizer.json, model.safetensors). WORK holds what chancery-dump wrote:
corpus.txt and, for each gold file of records NAME, NAME.jsonl (a copy) and NAME.tokens.jsonl; likewise told.jsonl (sentences.py) and
told.tokens.jsonl for --told, unread.jsonl (unread.py) and unread.tokens.jsonl for --teacher. Writes WORK/checkpoint.pt
every ten minutes (training goes on from it when started again) and WORK/trained.pt at the end; log on standard output.
--teacher: a finished training; what it makes of unread.jsonl is learnt as well. --told: so is told.jsonl. --rate: times the rates of learning.
--records: the gold files of records; one that is named twice is seen twice as often. --shares: how often a kind of window is seen, other than SHARES.
--pieces: word pieces to see in all. --from: the weights to begin with, in place of the pre-trained ones. --leave-out: the fold of gold articles (README of data/gold) of which no row of any source is
learnt from; what the judges ask of the words of that fold is printed as a development set. Development sets are only measured. script/train runs it all.
"""
import argparse
import os
import random
import time
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from data import TAGGERS, UNKNOWN, Pieces, groups, ids_in_fold, load_corpus, load_records, load_told, load_unread, numbered, tensors, windows
from network import Network, layers_of, loss_of

# How often the parts are seen, relative to one another, and the words of a batch.
SHARES = {"gold": 1.0, "silver": 0.12, "record": 0.6, "told": 0.15, "unread": 0.4}
ENCODER_RATE, HEAD_RATE, WARM_UP, BATCH = 1.3e-4, 1.3e-3, 0.06, 1000


def asked_of(network, x, mentions, counts):
    """Adds to [right, asked] how often the likeliest answer to whom a mention means is right."""
    if len(mentions) < 2:
        return
    with torch.autocast("cpu", enabled=False):
        best = network.same(x.float(), [m[:3] for m in mentions]).argmax(1).tolist()
    actors = [m[3] for m in mentions]
    for i, j in enumerate(best):
        counts[0] += actors[i] not in actors[:i] if j == len(actors) else actors[j] == actors[i]
        counts[1] += 1


def evaluate(network, sets, half):
    network.eval()
    rng = random.Random(0)
    with torch.no_grad():
        for name, items in sets.items():
            right, known = {}, {}

            def count(key, found, gold):
                have = gold != UNKNOWN
                right[key] = right.get(key, 0) + ((found == gold) & have).sum().item()
                known[key] = known.get(key, 0) + have.sum().item()

            begins, tallies, same = [0, 0, 0], {}, [0, 0]

            def tally(key, found, gold):
                """Classes but the first: right, found, there. Status has no class for nothing."""
                have = gold != UNKNOWN
                first = -1 if key == "status" else 0
                t = tallies.setdefault(key, [0, 0, 0])
                t[0] += ((found == gold) & have & (gold != first)).sum().item()
                t[1] += (have & (found != first)).sum().item()
                t[2] += (have & (gold != first)).sum().item()

            for batch in groups(items, 3000, rng):
                b = tensors(batch)
                with torch.autocast("cpu", torch.bfloat16, enabled=half):
                    x = network.states(b)
                    heads = network.arcs(x, b["sentence"]).argmax(-1)
                    relations = network.relations(x, heads).argmax(-1)
                    for number, tagger in enumerate(TAGGERS):
                        count(tagger, network.taggers[tagger](x).argmax(-1), b["labels"][..., number])
                    begin = network.boundary(x).argmax(-1)
                    judged = network.judged(x) if batch[0].kind == "record" else {}
                for name, scores in judged.items():
                    tally(name, scores.argmax(-1), b[name])
                if judged:
                    for row, window in enumerate(batch):
                        asked_of(network, x[row], window.mentions, same)
                    continue
                count("UAS", heads, b["heads"])
                count("LAS", torch.where(heads == b["heads"], relations, -1), b["relations"])
                have = b["begins"] != UNKNOWN
                begins[0] += ((begin == 1) & (b["begins"] == 1)).sum().item()
                begins[1] += ((begin == 1) & have).sum().item()
                begins[2] += (b["begins"] == 1).sum().item()
            figures = " ".join(f"{k} {right[k] / max(known[k], 1):.4f}" for k in right if known[k])
            if tallies:
                print(f"  {name}, words with the right class (F): "
                      + " ".join(f"{k} {2 * t[0] / max(t[1] + t[2], 1):.4f}" for k, t in tallies.items())
                      + f" mentions given to the right one {same[0] / max(same[1], 1):.4f}", flush=True)
                continue
            print(f"  {name}: {figures} boundary F1 {2 * begins[0] / max(begins[1] + begins[2], 1):.4f}", flush=True)
    network.train()


class Course:
    """The endless mixture of windows, in shares, each part shuffled anew when it is through."""

    def __init__(self, parts, pieces, rng):
        self.parts, self.pieces, self.rng = parts, pieces, rng
        self.waiting = {kind: [] for kind in parts}
        self.seen = {kind: 0.0 for kind in parts}

    def go_on(self, seen):
        """From what a course had seen of each kind; a kind that it did not have takes its place beside the others."""
        turn = min(seen[kind] / SHARES[kind] for kind in seen)
        self.seen = {kind: seen.get(kind, turn * SHARES[kind]) for kind in self.parts}

    def next(self):
        kind = min(self.parts, key=lambda k: self.seen[k] / SHARES[k])
        if not self.waiting[kind]:
            made = windows(self.parts[kind], self.pieces, kind, vary=None if kind == "told" else self.rng)
            self.waiting[kind] = groups(made, BATCH, self.rng)
        batch = self.waiting[kind].pop()
        self.seen[kind] += sum(len(w.ids) for w in batch)
        return batch


def network_of(path, labels):
    """The network of a finished training."""
    weights = torch.load(path, weights_only=True)["network"]
    network = Network(labels, layers_of(weights))
    # Trainings of before 26 November 2026 say nothing of whom a mention means.
    missing, unknown = network.load_state_dict(weights, strict=False)
    assert not unknown and all(name.startswith("same_") for name in missing), (missing, unknown)
    return network


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("base", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--pieces", type=float, default=7e6)
    parser.add_argument("--from", dest="start", type=Path)
    parser.add_argument("--teacher", type=Path)
    parser.add_argument("--told", action="store_true")
    parser.add_argument("--rate", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--leave-out", type=int)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--records", nargs="*", default=["train", "modern_train"])
    parser.add_argument("--shares", nargs="*", default=[], metavar="KIND=SHARE")
    return parser.parse_args()


def main():
    o = arguments()
    for kind, share in (given.split("=") for given in o.shares):
        SHARES[kind] = float(share)
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    half = torch.cpu._is_avx512_bf16_supported() if hasattr(torch.cpu, "_is_avx512_bf16_supported") else False
    tokenizer = Tokenizer.from_file(str(o.base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    pieces = Pieces(tokenizer)
    labels, parts = load_corpus(o.work / "corpus.txt")
    gold = [(o.work / f"{n}.jsonl", o.work / f"{n}.tokens.jsonl") for n in o.records]
    held = ids_in_fold([g for g, _ in gold], o.leave_out)
    parts = {n: [d for i, d in documents if i not in held] for n, documents in parts.items()}
    numbers = numbered(labels)
    records = [d for g, t in gold for d in load_records(g, t, set(range(5)) - {o.leave_out}, numbers)]
    development = {n: windows(parts[n], pieces, "gold") for n in ("ewt_dev", "gum_dev")}
    if o.leave_out is not None:
        for g, t in dict.fromkeys(gold):
            development[g.stem] = windows(load_records(g, t, {o.leave_out}), pieces, "record")
    taught = {"gold": parts["gold"], "silver": parts["silver"], "record": records}
    if o.told and not o.teacher:
        raise SystemExit("train.py: --told needs --teacher, who says which word tells it")
    if o.told:
        taught["told"] = load_told(o.work / "told.jsonl", o.work / "told.tokens.jsonl")
    teacher = None
    if o.teacher:
        teacher = network_of(o.teacher, labels).eval().requires_grad_(False)
        taught["unread"] = load_unread(o.work / "unread.jsonl", o.work / "unread.tokens.jsonl", numbers)
    course = Course(taught, pieces, rng)

    if o.start:
        network = network_of(o.start, labels)
    else:
        pretrained = load_file(o.base / "model.safetensors")
        network = Network(labels, layers_of(pretrained))
        network.encoder.load_pretrained(pretrained)
    # Half of all weights; rare words keep what pre-training told of them, and a step costs a third less.
    network.encoder.words.weight.requires_grad_(False)
    new = ("encoder.input.", "encoder.shapes.", "encoder.mix")
    learnt = {n: p for n, p in network.named_parameters() if p.requires_grad}
    encoder = [p for n, p in learnt.items() if n.startswith("encoder.") and not n.startswith(new)]
    heads = [p for n, p in learnt.items() if not n.startswith("encoder.") or n.startswith(new)]
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}],
                                  weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    seen, step, checkpoint = 0, 0, o.work / "checkpoint.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        seen, step = saved["seen"], saved["step"]
        course.go_on(saved["course"])
        rng.setstate(saved["random"])

    def save(path, **more):
        temporary = path.with_suffix(".part")
        torch.save({"network": network.state_dict(), "labels": labels, **more}, temporary)
        temporary.rename(path)

    began, last, since, reported = time.time(), time.time(), seen, time.time()
    network.train()
    while seen < o.pieces:
        batch = course.next()
        progress = seen / o.pieces
        rate = progress / WARM_UP if progress < WARM_UP else (1 - progress) / (1 - WARM_UP)
        for group, base in zip(optimizer.param_groups, (ENCODER_RATE, HEAD_RATE)):
            group["lr"] = o.rate * base * max(rate, 1e-3)
        b = tensors(batch)
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            loss = loss_of(network, b, batch, teacher)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder + heads, 1.0)
        optimizer.step()
        seen += sum(len(w.ids) for w in batch)
        step += 1
        if step % 10 == 0:
            print(f"{seen / o.pieces:.3f} {batch[0].kind} {loss.item():.3f} "
                  f"{(seen - since) / (time.time() - reported):.0f} pieces/s {time.time() - began:.0f} s", flush=True)
            since, reported = seen, time.time()
        if time.time() - last > 600:
            save(checkpoint, optimizer=optimizer.state_dict(), seen=seen, step=step, course=course.seen,
                 random=rng.getstate())
            last = reported = time.time()
            since = seen
    evaluate(network, development, half)
    save(o.work / "trained.pt")


if __name__ == "__main__":
    main()
