"""Writes a trained network as the sections that chancery-pack reads (training/README.md lists them).

usage: export.py BASE TRAINED.pt PIECES.txt OUT.model
BASE: the folder of the pre-trained model (for its vocabulary). PIECES.txt: those of it that are kept (pieces.py).
"""
import json
import struct
import sys
from pathlib import Path

import numpy
import torch

from data import JUDGES, ROLES, TAGGERS
from model_file import FLOATS, HALVES, STRINGS, write
from network import HEADS, INNER, MIXED, ROLE, WIDTH, layers_of


class ModelFile:
    def __init__(self):
        self.sections = {}

    def matrix(self, name, values, kind=FLOATS):
        values = values.detach().float().numpy() if isinstance(values, torch.Tensor) else numpy.asarray(values, "f4")
        if values.ndim == 1:
            values = values[None]
        data = numpy.ascontiguousarray(values, "<f2" if kind == HALVES else "<f4").tobytes()
        self.sections[name] = (kind, *values.shape, data)

    def strings(self, name, values):
        data = b"".join(struct.pack("<I", len(v.encode())) + v.encode() for v in values)
        self.sections[name] = (STRINGS, len(values), 0, data)

    def save(self, path):
        write(path, dict(sorted(self.sections.items())))


def export(base, trained, kept, out):
    saved = torch.load(trained, weights_only=True, map_location="cpu")
    network, labels = saved["network"], saved["labels"]
    file = ModelFile()

    def linear(name, source, dotted=".weight"):
        file.matrix(name + dotted, network[source + ".weight"].T)
        file.matrix(name + ".bias", network[source + ".bias"])

    def norm(name, source):
        file.matrix(name, torch.stack([network[source + ".weight"], network[source + ".bias"]]))

    arc, relation = len(network["arc_bias"]), len(network["relation_root"])
    file.matrix("shape", [WIDTH, 0, arc, relation])
    linear("arc.dependent", "arc_dependent")
    linear("arc.head", "arc_head")
    file.matrix("arc.matrix", network["arc_matrix"])
    file.matrix("arc.bias", network["arc_bias"])
    file.matrix("arc.root", network["arc_root"])
    linear("relation.dependent", "relation_dependent")
    linear("relation.head", "relation_head")
    file.matrix("relation.root", network["relation_root"])
    linear("relation.out", "relation_out")
    for name in TAGGERS:
        linear("tagger." + name, "taggers." + name)
        file.strings("labels." + name, labels[name])
    file.strings("labels.relation", labels["relation"])
    linear("tagger.boundary", "boundary")
    file.strings("labels.boundary", ["goes on", "begins a sentence"])

    pieces = json.loads((Path(base) / "tokenizer.json").read_text())["model"]["vocab"]
    kept = Path(kept).read_text(encoding="utf-8").splitlines()
    file.strings("pieces", kept)
    words, positions = network["encoder.words.weight"], network["encoder.positions.weight"]
    layers = layers_of(network)
    file.matrix("transformer.shape", [layers, WIDTH, HEADS, INNER, len(positions), MIXED])
    file.matrix("transformer.words", words[[pieces[p] for p in kept]])
    file.matrix("transformer.positions", positions)
    norm("transformer.norm", "encoder.norm")
    for number in range(layers):
        source, name = f"encoder.layers.{number}.", f"transformer.{number}."
        parts = ("query", "key", "value")
        file.matrix(name + "qkv", torch.cat([network[source + p + ".weight"].T for p in parts], 1))
        file.matrix(name + "qkv.bias", torch.cat([network[source + p + ".bias"] for p in parts]))
        for part in ("out", "inner", "outer"):
            linear(name + part, source + part, "")
        norm(name + "norm1", source + "norm1")
        norm(name + "norm2", source + "norm2")
    file.matrix("transformer.mix", torch.softmax(network["encoder.mix"], 0))
    file.matrix("transformer.shapes", network["encoder.shapes.weight"])
    file.matrix("transformer.endings", network["encoder.endings.weight"])
    linear("transformer.input", "encoder.input", "")
    judges(file, network)
    file.save(out)


def judges(file, network):
    """What the judges of the record ask of a word, and what finds the words of its sides."""
    def linear(name, weight, bias):
        file.matrix(name, weight.T)
        file.matrix(name + ".bias", bias)

    linear("judge.hidden", network["judge_hidden.weight"], network["judge_hidden.bias"])
    file.strings("labels.judges", list(JUDGES))
    for name, classes in JUDGES.items():
        linear("judge." + name, network[f"judges.{name}.weight"], network[f"judges.{name}.bias"])
        file.strings("labels.judge." + name, classes)
    linear("judge.sides", torch.cat([network["anchor.weight"], network["role.weight"]]),
           torch.cat([network["anchor.bias"], network["role.bias"]]))
    file.matrix("judge.side_matrix", network["role_matrix"].reshape(len(ROLES) * (ROLE + 1), ROLE + 1))
    file.strings("labels.sides", ROLES)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    export(*sys.argv[1:])
