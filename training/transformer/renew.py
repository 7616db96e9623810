"""A model file of an earlier form → the form that today's program reads: the word table in half bytes, positions in bytes.

usage: renew.py OLD.model NEW.model

The models of commits before b46a3bb keep both as whole bytes or floats. What training made is as it was but for the rounding. So the model of commit
367d975, which had left fold 0 of the gold records out, measures that fold:

    git show 367d975:models/chancery.model > old.model
    python3 training/transformer/renew.py old.model FOLDS/fold-0.model
    script/quality --folds FOLDS folds

Needs numpy. chancery-pack makes the same of what export.py writes.
"""
import sys

import numpy

from model_file import BYTES, FLOATS, HALF_BYTES, read, write

A_SCALE = 32  # numbers of four bits with one scale (src/language/sections.h)
WORDS, POSITIONS = "transformer.words", "transformer.positions"


def half_bytes(rows, columns, data):
    """A table of bytes with a scale a row → four bits a number, each A_SCALE with the scale of 13 that loses least."""
    numbers = numpy.frombuffer(data, "i1", offset=4 * rows).reshape(rows, columns) * numpy.frombuffer(data, "<f4", rows)[:, None]
    shares = numbers.reshape(-1, A_SCALE).astype("f4")
    largest = numpy.abs(shares).max(1)
    best, least = numpy.zeros(len(shares), "f4"), numpy.full(len(shares), numpy.inf, "f4")
    for step in range(28, 41):
        scale = (largest / 7 * step / 40).astype("<f2").astype("f4")
        lost = ((rounded(shares, scale, -8, 7) * scale[:, None] - shares) ** 2).sum(1)
        better = lost < least
        least[better], best[better] = lost[better], scale[better]
    whole = rounded(shares, best, -8, 7).astype("i1")
    pairs = ((whole[:, 0::2] & 15) | ((whole[:, 1::2] & 15) << 4)).astype("u1")
    return HALF_BYTES, rows, columns, best.astype("<f2").tobytes() + pairs.tobytes()


def in_bytes(rows, columns, data):
    """A table of floats → bytes with a scale a row."""
    numbers = numpy.frombuffer(data, "<f4").reshape(rows, columns)
    scale = (numpy.abs(numbers).max(1) / 127).astype("f4")
    return BYTES, rows, columns, scale.astype("<f4").tobytes() + rounded(numbers, scale, -127, 127).astype("i1").tobytes()


def rounded(numbers, scale, least, most):
    safe = numpy.where(scale > 0, scale, 1)[:, None]
    return numpy.where(scale[:, None] > 0, numpy.clip(numpy.rint(numbers / safe), least, most), 0)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sections = read(sys.argv[1])
    if sections[WORDS][0] == BYTES:
        sections[WORDS] = half_bytes(*sections[WORDS][1:])
    if sections[POSITIONS][0] == FLOATS:
        sections[POSITIONS] = in_bytes(*sections[POSITIONS][1:])
    write(sys.argv[2], sections)


if __name__ == "__main__":
    main()
