"""Writes trainings in bytes, as a shipped model has them, to carry them between machines; and reads them again.

usage: thin.py thin TRAINED.pt OUT.pt [BASIS.pt]    thin.py full THIN.pt OUT.pt [BASIS.pt]
A matrix has a scale for each row; what is no matrix stays as it is. BASIS.pt: a training whose word table, which none changes, is
left out and put back.
"""
import sys

import torch

WORDS = "encoder.words.weight"


def thin(network):
    out = {}
    for name, value in network.items():
        if value.dim() == 2 and value.numel() > 4096:
            scale = value.abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
            out[name] = ((value / scale).round().to(torch.int8), scale.half())
        else:
            out[name] = value.half() if value.is_floating_point() and value.numel() > 4096 else value
    return out


def full(network):
    return {n: v[0].float() * v[1].float() if isinstance(v, tuple) else v.float() if v.is_floating_point() else v for n, v in network.items()}


def main():
    if len(sys.argv) not in (4, 5) or sys.argv[1] not in ("thin", "full"):
        sys.exit(__doc__)
    saved = torch.load(sys.argv[2], weights_only=True, map_location="cpu")
    basis = torch.load(sys.argv[4], weights_only=True, map_location="cpu") if len(sys.argv) == 5 else None
    if sys.argv[1] == "thin":
        network = {n: v for n, v in saved["network"].items() if not basis or n != WORDS}
        torch.save({"network": thin(network), "labels": saved["labels"]}, sys.argv[3])
    else:
        network = full(saved["network"])
        if basis:
            network[WORDS] = basis["network"][WORDS]
        torch.save({"network": network, "labels": saved["labels"]}, sys.argv[3])


if __name__ == "__main__":
    main()
