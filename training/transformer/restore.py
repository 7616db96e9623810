"""The reverse of export.py and chancery-pack: a shipped model → weights that train.py goes on from (--from).

usage: restore.py BASE SHIPPED.model OUT.pt [WORDS.model]      BASE: the folder of the pre-trained model
Bytes hold what training left to about a hundredth of the largest weight of a row or column; the word table, which training leaves alone, is
the base's own, or as the shipped WORDS.model has it in four bits. Whom a mention means is learnt anew: those weights are training's alone, and
are not in the file.
"""
import json
import struct
import sys
from pathlib import Path

import numpy
import torch
from safetensors.torch import load_file

from data import JUDGES, ROLES, TAGGERS
from model_file import BYTES, FLOATS, HALF_BYTES, PACKED, read
from network import ROLE, Network

A_SCALE = 32  # numbers of four bits with one scale (src/language/sections.h)


class Shipped:
    """The sections of a model file (src/base/model_file.h)."""

    def __init__(self, path):
        self.sections = read(path)

    def strings(self, name):
        _, rows, _, data = self.sections[name]
        out, at = [], 0
        for _ in range(rows):
            length, = struct.unpack_from("<I", data, at)
            out.append(data[at + 4:at + 4 + length].decode())
            at += 4 + length
        return out

    def matrix(self, name):
        """A section of floats or of bytes by rows."""
        kind, rows, columns, data = self.sections[name]
        if kind == FLOATS:
            return torch.from_numpy(numpy.frombuffer(data, "<f4").reshape(rows, columns).copy())
        assert kind == BYTES, name
        scale = numpy.frombuffer(data, "<f4", rows)
        return torch.from_numpy(numpy.frombuffer(data, "i1", offset=4 * rows).reshape(rows, columns) * scale[:, None])

    def half_bytes(self, name):
        """A table of numbers of four bits, A_SCALE of a row with one scale (src/language/sections.h)."""
        kind, rows, columns, data = self.sections[name]
        assert kind == HALF_BYTES, name
        scales = numpy.frombuffer(data, "<f2", rows * columns // A_SCALE).astype("f4")
        both = numpy.frombuffer(data, "u1", offset=2 * len(scales))
        numbers = numpy.stack([both << 4, both], -1).view("i1") >> 4
        return torch.from_numpy((numbers.reshape(-1, A_SCALE) * scales[:, None]).reshape(rows, columns))

    def packed(self, name):
        """(weight, inputs × outputs; bias) of a matrix as the kernels multiply it (src/language/kernels.h)."""
        kind, rows, columns, data = self.sections[name]
        assert kind == PACKED, name
        stride, depth = -(-columns // 16) * 16, -(-rows // 4) * 4
        scale, bias = numpy.frombuffer(data, "<f4", 2 * stride).reshape(2, stride)
        panels = numpy.frombuffer(data, "i1", offset=12 * stride).reshape(stride // 16, depth // 4, 16, 4)
        weight = panels.transpose(1, 3, 0, 2).reshape(depth, stride)[:rows, :columns] * scale[:columns]
        return torch.from_numpy(weight), torch.from_numpy(bias[:columns].copy())


def restore(base, path):
    file = Shipped(path)
    labels = {name: file.strings("labels." + name) for name in [*TAGGERS, "relation"]}
    layers, width, heads, _, positions, _ = (int(n) for n in file.matrix("transformer.shape")[0])
    arc, relation = (int(n) for n in file.matrix("shape")[0][2:])
    network = Network(labels, layers, arc, relation)
    network.encoder.load_pretrained(shallow(base, layers))

    def linear(module, weight, bias):
        module.weight.data, module.bias.data = weight.T.contiguous(), bias.clone()

    def norm(module, name):
        module.weight.data, module.bias.data = file.matrix(name)

    encoder = network.encoder
    encoder.positions.weight.data[:positions] = file.matrix("transformer.positions")
    norm(encoder.norm, "transformer.norm")
    for number, layer in enumerate(encoder.layers):
        name = f"transformer.{number}."
        weight, bias = file.packed(name + "qkv")
        share = (width // heads) ** 0.5
        for k, module in enumerate((layer.query, layer.key, layer.value)):
            grown = share if k == 0 else 1.0
            linear(module, weight[:, k * width:(k + 1) * width] * grown, bias[k * width:(k + 1) * width] * grown)
        for part in ("out", "inner", "outer"):
            linear(getattr(layer, part), *file.packed(name + part))
        norm(layer.norm1, name + "norm1")
        norm(layer.norm2, name + "norm2")
    encoder.mix.data = file.matrix("transformer.mix")[0].log()
    encoder.shapes.weight.data = file.matrix("transformer.shapes")
    encoder.endings.weight.data = file.matrix("transformer.ending_rows").float()
    linear(encoder.input, *file.packed("transformer.input"))

    weight, bias = file.packed("heads")
    at = 0
    for module in (network.arc_dependent, network.arc_head, network.relation_dependent, network.relation_head,
                   *(network.taggers[name] for name in TAGGERS)):
        linear(module, weight[:, at:at + module.out_features], bias[at:at + module.out_features])
        at += -(-module.out_features // 16) * 16
    network.arc_matrix.data = file.packed("arc.matrix")[0]
    network.arc_bias.data, network.arc_root.data = file.matrix("arc.bias")[0], file.matrix("arc.root")[0]
    network.relation_root.data = file.matrix("relation.root")[0]
    linear(network.relation_out, *file.packed("relation.out"))
    linear(network.boundary, *file.packed("boundary"))
    judges(network, file)
    return network, labels


def judges(network, file):
    weight, bias = file.packed("judge.hidden")
    network.judge_hidden.weight.data, network.judge_hidden.bias.data = weight.T.contiguous(), bias
    assert file.strings("labels.judges") == list(JUDGES)
    weight, bias = file.packed("judge.out")
    at = 0
    for name, classes in JUDGES.items():
        assert file.strings("labels.judge." + name) == classes, name
        module = network.judges[name]
        module.weight.data, module.bias.data = weight[:, at:at + len(classes)].T.contiguous(), bias[at:at + len(classes)].clone()
        at += -(-len(classes) // 16) * 16
    weight, bias = file.packed("judge.sides")
    roles = len(file.strings("labels.sides"))
    for module, begin, end in ((network.anchor, 0, ROLE), (network.role, ROLE, ROLE + ROLE * roles)):
        module.weight.data[:end - begin], module.bias.data[:end - begin] = weight[:, begin:end].T.contiguous(), bias[begin:end].clone()
    network.role_matrix.data[:roles] = file.matrix("judge.side_matrix").reshape(roles, ROLE + 1, ROLE + 1)


def shallow(base, layers):
    """The base's tables under as many layers as are wanted, which are then overwritten."""
    weights = load_file(Path(base) / "model.safetensors")
    first = [name for name in weights if ".layer.0." in name]
    for number in range(6, layers):
        for name in first:
            weights[name.replace(".layer.0.", f".layer.{number}.")] = weights[name]
    return weights


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    network, labels = restore(*sys.argv[1:3])
    if len(sys.argv) == 5:
        words, pieces = Shipped(sys.argv[4]), json.loads((Path(sys.argv[1]) / "tokenizer.json").read_text())["model"]["vocab"]
        network.encoder.words.weight.data[[pieces[p] for p in words.strings("pieces")]] = words.half_bytes("transformer.words")
    torch.save({"network": network.state_dict(), "labels": labels}, sys.argv[3])


if __name__ == "__main__":
    main()
