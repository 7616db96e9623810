"""Averages the weights of two trainings of one network: between a course and the one that went on from it lies a better network than
either, on trees and on the judges alike (training/NOTES.md).

usage: average.py SHARE SECOND.pt FIRST.pt OUT.pt
SHARE: how much the second weighs, 0 to 1.
"""
import sys

import torch


def main():
    share = float(sys.argv[1])
    second, first = (torch.load(path, weights_only=True, map_location="cpu") for path in sys.argv[2:4])
    if not 0 <= share <= 1 or second["labels"] != first["labels"]:
        sys.exit("average.py: a share from 0 to 1 and two trainings with the same labels are needed")
    mixed = {name: share * value + (1 - share) * first["network"][name] if value.is_floating_point() else value
             for name, value in second["network"].items()}
    torch.save({"network": mixed, "labels": second["labels"]}, sys.argv[4])


if __name__ == "__main__":
    main()
