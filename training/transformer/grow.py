"""Makes a deeper network of a trained one: layers of pre-trained siblings are put between its own, all heads are kept.

usage: grow.py TRAINED.pt LAYERS OUT.pt SIBLING…
TRAINED.pt: a network whose encoder began as every second layer (0, 2, 4, …) of the model that the SIBLINGs were made from, as
all-MiniLM-L6-v2 did of MiniLM-L12 (the products of its weights and theirs show it: `training/NOTES.md`). SIBLING: folders of pre-trained
models of one shape (base.py), whose mean is taken: each was tuned away from their common beginning in a direction of its own.
LAYERS: how many layers to make; those from the end of the siblings are left out. Trained on from there (train.py --from).
"""
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file

from network import Network, layers_of


def mean_of(folders):
    """The mean of the siblings' encoders, as a state of Encoder of all their layers."""
    found = [load_file(Path(folder) / "model.safetensors") for folder in folders]
    mean = {name: sum(one[name].float() for one in found) / len(found) for name in found[0] if found[0][name].is_floating_point()}
    return mean


def main():
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    trained = torch.load(sys.argv[1], weights_only=True, map_location="cpu")
    count, siblings = int(sys.argv[2]), mean_of(sys.argv[4:])
    own = layers_of(trained["network"])
    if not own < count <= layers_of(siblings) or count < 2 * own - 1:
        sys.exit(f"grow.py: {own} layers can become {2 * own - 1} to {layers_of(siblings)}, not {count}")
    network = Network(trained["labels"], layers_of(siblings))
    network.encoder.load_pretrained(siblings)
    deep = network.state_dict()
    out = {name: value for name, value in trained["network"].items() if not name.startswith("encoder.layers.")}
    for name, value in deep.items():
        if name.startswith("encoder.layers."):
            number, rest = name.removeprefix("encoder.layers.").split(".", 1)
            number = int(number)
            if number < count:
                out[name] = value if number % 2 else trained["network"][f"encoder.layers.{number // 2}.{rest}"]
    torch.save({"network": out, "labels": trained["labels"]}, sys.argv[3])


if __name__ == "__main__":
    main()
