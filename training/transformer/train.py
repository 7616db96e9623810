"""Fine-tunes a pre-trained encoder for all heads of chancery's language engine at once.

usage: train.py BASE WORK [--pieces N | --seconds N] [--from CHECKPOINT] [--teacher CHECKPOINT…] [--grammar CHECKPOINT] [--told] [--rate R] [--batch N] [--seed N] [--leave-out FOLD]
                [--threads N] [--device cpu|cuda] [--workers N] [--records NAME…] [--shares KIND=SHARE…] [--kept PIECES.txt] [--gathered FILE] [--out FILE]
       train.py BASE WORK --measure --from CHECKPOINT [--teacher CHECKPOINT…] …
BASE: the folder of the pre-trained model (tokenizer.json, model.safetensors). WORK holds what chancery-dump wrote:
corpus.txt and, for each gold file of records NAME, NAME.jsonl (a copy) and NAME.tokens.jsonl; likewise told.jsonl (sentences.py) and
told.tokens.jsonl for --told, unread.jsonl (unread.py) and unread.tokens.jsonl for --teacher; --gathered: all of that in one file (gather.py).
Writes WORK/trained.pt, or --out, at the end, and every ten minutes a checkpoint beside it, from which training goes on when started again; log on standard output.
--teacher: finished trainings; what they make of unread.jsonl, together, is learnt as well (one named twice weighs twice). --told: so is told.jsonl.
--grammar: a finished training whose trees and tags of records and of unread articles are learnt, in place of the fast model's. --rate: times the rates of learning.
--records: the gold files of records; one that is named twice is seen twice as often. --shares: how often a kind of window is seen, other than SHARES.
--pieces: word pieces to see in all; --seconds: how long to see them. --batch: pieces of a batch. --from: the weights to begin with, in place of the pre-trained ones. --kept: the only
word pieces there are. --workers: processes that make batches beside the one that learns. --leave-out: the fold of gold articles (README of data/gold) of which no row of any
source is learnt from; what the judges ask of the words of that fold (--measured NAME…: of these files) is printed as a development set. --measure: that alone, of all networks named together. Development sets
are only measured. script/train runs it all.
"""
import argparse
import json
import os
import random
import time
from pathlib import Path

import torch
from safetensors.torch import load_file

from data import ROLES, TAGGERS, UNKNOWN, Pieces, fold_of, groups, load_corpus, load_records, load_told, load_unread, numbered, tensors, windows
from gather import load_gathered
from network import Network, Teachers, layers_of, loss_of, mentioned_before

# How often the parts are seen, relative to one another, and the words of a batch.
SHARES = {"gold": 1.0, "silver": 0.12, "record": 0.6, "told": 0.15, "unread": 0.4}
ENCODER_RATE, HEAD_RATE, WARM_UP, BATCH = 1.3e-4, 1.3e-3, 0.06, 1000


def tally(tallies, key, found, gold, have, first=0):
    """Adds to [right, found, there] of a question; `first` is the class that is none."""
    t = tallies.setdefault(key, [0, 0, 0])
    t[0] += ((found == gold) & have & (gold != first)).sum().item()
    t[1] += (have & (found != first)).sum().item()
    t[2] += (have & (gold != first)).sum().item()


def measure_records(networks, b, tallies):
    """Of words what the judges say, of acts and cues the words of their sides, of mentions whom they mean (by the first network)."""
    together = Teachers(networks)
    for name, probabilities in together.answers(b).items():
        tally(tallies, name, probabilities.argmax(-1), b[name], b[name] != UNKNOWN, -1 if name == "status" else 0)
    told = together.roles(b, b["anchor"]) > 0.5
    known = (b["sentence"] >= 0)[:, None]
    for number, role in enumerate(ROLES):
        tally(tallies, role, told[:, number].long(), b["side"][:, number].long(), known & b["asked"][:, number, :, None])
    there, right = mentioned_before(b["mention_actor"])
    if there.any():
        best = networks[0].same(together.states(b)[0].float(), b).argmax(-1)
        right = right.gather(2, best[..., None])[..., 0]
        t = tallies.setdefault("mentions", [0, 0, 0])
        t[0], t[1], t[2] = t[0] + (right & there).sum().item(), t[1] + there.sum().item(), t[2] + there.sum().item()


def evaluate(networks, sets, device, half):
    """Prints what the first of the networks says of trees and tags, and all of them together of records."""
    network = networks[0]
    for one in networks:
        one.eval()
    rng = random.Random(0)
    with torch.no_grad(), torch.autocast(device, torch.bfloat16, enabled=half):
        for name, items in sets.items():
            right, known, tallies = {}, {}, {}

            def count(key, found, gold):
                have = gold != UNKNOWN
                right[key] = right.get(key, 0) + ((found == gold) & have).sum().item()
                known[key] = known.get(key, 0) + have.sum().item()

            for batch in groups(items, 3000, rng):
                b = {key: value.to(device) for key, value in tensors(batch).items()}
                if batch[0].kind == "record":
                    measure_records(networks, b, tallies)
                    continue
                x = network.states(b)
                heads = network.arcs(x, b["sentence"]).argmax(-1)
                relations = network.relations(x, heads).argmax(-1)
                for number, tagger in enumerate(TAGGERS):
                    count(tagger, network.taggers[tagger](x).argmax(-1), b["labels"][..., number])
                count("UAS", heads, b["heads"])
                count("LAS", torch.where(heads == b["heads"], relations, -1), b["relations"])
                tally(tallies, "boundary", network.boundary(x).argmax(-1), b["begins"], b["begins"] != UNKNOWN)
            figures = [f"{k} {right[k] / max(known[k], 1):.4f}" for k in right if known[k]]
            figures += [f"{k} F {2 * t[0] / max(t[1] + t[2], 1):.4f}" for k, t in tallies.items()]
            print(f"  {name}: {' '.join(figures)}", flush=True)
    network.train()


class Course(torch.utils.data.IterableDataset):
    """The endless mixture of batches (kind, tensors, pieces), in shares; each part in an order of its own, anew when it is through."""

    # Documents of a part that are cut into windows at once.
    AT_A_TIME = 80

    def __init__(self, parts, pieces, seed, size):
        self.parts, self.pieces, self.seed, self.size = parts, pieces, seed, size

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = random.Random(self.seed * 1000 + (worker.id if worker else 0))
        seen, waiting = {kind: 0.0 for kind in self.parts}, {kind: [] for kind in self.parts}
        orders = {kind: [] for kind in self.parts}
        while True:
            kind = min(self.parts, key=lambda k: seen[k] / SHARES[k])
            while not waiting[kind]:
                if not orders[kind]:
                    orders[kind] = rng.sample(range(len(self.parts[kind])), len(self.parts[kind]))
                some = [self.parts[kind][orders[kind].pop()] for _ in range(min(self.AT_A_TIME, len(orders[kind])))]
                waiting[kind] = groups(windows(some, self.pieces, kind, vary=None if kind == "told" else rng), self.size, rng)
            batch = waiting[kind].pop()
            count = sum(len(w.ids) for w in batch)
            seen[kind] += count
            yield kind, tensors(batch), count


def network_of(path, labels):
    """The network of a finished training."""
    weights = torch.load(path, weights_only=True, map_location="cpu")["network"]
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
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--from", dest="start", type=Path)
    parser.add_argument("--teacher", type=Path, nargs="+", default=[])
    parser.add_argument("--grammar", type=Path)
    parser.add_argument("--gathered", type=Path)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--measured", nargs="*")
    parser.add_argument("--told", action="store_true")
    parser.add_argument("--rate", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--leave-out", type=int)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--batch", type=int, default=BATCH)
    parser.add_argument("--records", nargs="*", default=["train", "modern_train"])
    parser.add_argument("--shares", nargs="*", default=[], metavar="KIND=SHARE")
    return parser.parse_args()


def documents_of(o):
    """(labels, trees by part, records by file, told, unread) without what the fold left out has; of records (fold, id, document)."""
    if o.gathered:
        labels, parts, records, told, unread = load_gathered(o.gathered)
        records = {name: records[name] for name in o.records}
    else:
        labels, parts = load_corpus(o.work / "corpus.txt")
        files = lambda name: (o.work / f"{name}.jsonl", o.work / f"{name}.tokens.jsonl")
        numbers = None if o.grammar else numbered(labels)
        articles = lambda name: [json.loads(line)["article"] for line in open(files(name)[0], encoding="utf-8")]
        records = {name: [(fold_of(a), a["id"], d) for a, d in zip(articles(name), load_records(*files(name), set(range(5)), numbers))]
                   for name in dict.fromkeys(o.records)}
        told = load_told(*files("told")) if o.told else []
        unread = load_unread(*files("unread"), numbers) if o.teacher else []
    held = {i for documents in records.values() for fold, i, _ in documents if fold == o.leave_out}
    parts = {n: [d for i, d in documents if i not in held] for n, documents in parts.items()}
    return labels, parts, records, told, unread


def main():
    o = arguments()
    for kind, share in (given.split("=") for given in o.shares):
        SHARES[kind] = float(share)
    if o.told and not o.teacher:
        raise SystemExit("train.py: --told needs --teacher, who says which word tells it")
    torch.set_num_threads(o.threads)
    torch.manual_seed(o.seed)
    half = o.device == "cuda" or torch.cpu._is_avx512_bf16_supported()
    pieces = Pieces(o.base / "tokenizer.json", set(o.kept.read_text(encoding="utf-8").splitlines()) if o.kept else None)
    labels, parts, records, told, unread = documents_of(o)
    development = {n: windows(parts[n], pieces, "gold") for n in ("ewt_dev", "gum_dev")}
    if o.leave_out is not None:
        for name in o.measured or records:
            development[name] = windows([d for fold, _, d in records[name] if fold == o.leave_out], pieces, "record")
    if o.measure:
        networks = [network_of(path, labels).to(o.device) for path in [o.start, *o.teacher]]
        return evaluate(networks, development, o.device, half)
    taught = {"gold": parts["gold"], "silver": parts["silver"],
              "record": [d for name in o.records for fold, _, d in records[name] if fold != o.leave_out]}
    if o.told:
        taught["told"] = told
    teachers = grammarian = None
    finished = lambda path: network_of(path, labels).to(o.device).eval().requires_grad_(False)
    if o.teacher:
        teachers = Teachers([finished(path) for path in o.teacher])
        taught["unread"] = unread
    if o.grammar:
        grammarian = Teachers([finished(o.grammar)])

    if o.start:
        network = network_of(o.start, labels)
    else:
        pretrained = load_file(o.base / "model.safetensors")
        network = Network(labels, layers_of(pretrained))
        network.encoder.load_pretrained(pretrained)
    network.to(o.device)
    # Half of all weights; rare words keep what pre-training told of them, and a step costs a third less.
    network.encoder.words.weight.requires_grad_(False)
    new = ("encoder.input.", "encoder.shapes.", "encoder.mix")
    learnt = {n: p for n, p in network.named_parameters() if p.requires_grad}
    encoder = [p for n, p in learnt.items() if n.startswith("encoder.") and not n.startswith(new)]
    heads = [p for n, p in learnt.items() if not n.startswith("encoder.") or n.startswith(new)]
    optimizer = torch.optim.AdamW([{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}],
                                  weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    out = o.out or o.work / "trained.pt"
    seen, step, checkpoint = 0, 0, out.with_suffix(".checkpoint")
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        seen, step = saved["seen"], saved["step"]

    def save(path, **more):
        temporary = path.with_suffix(".part")
        torch.save({"network": network.state_dict(), "labels": labels, **more}, temporary)
        temporary.rename(path)

    # After a checkpoint the order is another.
    course = iter(torch.utils.data.DataLoader(Course(taught, pieces, o.seed + step, o.batch), batch_size=None, num_workers=o.workers))
    began, last, since, reported = time.time(), time.time(), seen, time.time()
    network.train()
    next(course)  # Workers and device have begun: from here time counts.
    began = reported = time.time()
    while (progress := (time.time() - began) / o.seconds if o.seconds else seen / o.pieces) < 1:
        kind, b, count = next(course)
        rate = progress / WARM_UP if progress < WARM_UP else (1 - progress) / (1 - WARM_UP)
        for group, base in zip(optimizer.param_groups, (ENCODER_RATE, HEAD_RATE)):
            group["lr"] = o.rate * base * max(rate, 1e-3)
        if o.device != "cpu":
            b = {name: value.to(o.device, non_blocking=True) for name, value in b.items()}
        with torch.autocast(o.device, torch.bfloat16, enabled=half):
            loss = loss_of(network, b, kind, teachers, grammarian)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder + heads, 1.0)
        optimizer.step()
        seen += count
        step += 1
        if step % (10 if o.device == "cpu" else 200) == 0:
            print(f"{progress:.3f} {kind} {loss.item():.3f} "
                  f"{(seen - since) / (time.time() - reported):.0f} pieces/s {time.time() - began:.0f} s {seen:.0f} pieces", flush=True)
            since, reported = seen, time.time()
        if time.time() - last > 600:
            save(checkpoint, optimizer=optimizer.state_dict(), seen=seen, step=step)
            last = reported = time.time()
            since = seen
    evaluate([network], development, o.device, half)
    save(out)
    checkpoint.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
