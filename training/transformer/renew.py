"""A model file of an earlier form → the form that today's program reads: the word table in half bytes, positions in bytes.

usage: renew.py OLD.model NEW.model

The models of commits before b46a3bb keep both as whole bytes or floats. What training made is as it was but for the rounding. So the model of commit
367d975, which had left fold 0 of the gold records out, measures that fold:

    git show 367d975:models/chancery.model > old.model
    python3 training/transformer/renew.py old.model FOLDS/fold-0.model
    script/quality --folds FOLDS folds

Needs numpy. The kinds of sections are those of src/base/model_file.h; export.py and chancery-pack write them alike.
"""
import struct
import sys
import zlib
from pathlib import Path

import numpy

HEADER, FLOATS, BYTES, HALF_BYTES, SHARE_A_SCALE = 64, 3, 4, 6, 32


def sections(data):
    """[name, kind, rows, columns, bytes] of each section."""
    at, out = HEADER, []
    while at < len(data):
        length, = struct.unpack_from("<I", data, at)
        name = data[at + 4:at + 4 + length].decode()
        kind, rows, columns, count = struct.unpack_from("<BIIQ", data, at + 4 + length)
        at += 4 + length + 17
        at += -at % 64
        out.append([name, kind, rows, columns, data[at:at + count]])
        at += count
    return out


def half_bytes(section):
    """A table of bytes with a scale a row → four bits a number, a scale for 32 of them: the one of 13 that loses least."""
    _, _, rows, columns, data = section
    scales = numpy.frombuffer(data, "<f4", rows)
    numbers = numpy.frombuffer(data, "i1", offset=4 * rows).reshape(rows, columns) * scales[:, None]
    shares = numbers.reshape(-1, SHARE_A_SCALE).astype("f4")
    largest = numpy.abs(shares).max(1)
    best, least = numpy.zeros(len(shares), "f4"), numpy.full(len(shares), numpy.inf, "f4")
    for step in range(28, 41):
        scale = (largest / 7 * step / 40).astype("<f2").astype("f4")
        lost = ((rounded(shares, scale, 7) * scale[:, None] - shares) ** 2).sum(1)
        better = lost < least
        least[better], best[better] = lost[better], scale[better]
    whole = rounded(shares, best, 7).astype("i1")
    pairs = ((whole[:, 0::2] & 15) | ((whole[:, 1::2] & 15) << 4)).astype("u1")
    section[1], section[4] = HALF_BYTES, best.astype("<f2").tobytes() + pairs.tobytes()


def in_bytes(section):
    """A table of floats → bytes with a scale a row."""
    _, _, rows, columns, data = section
    numbers = numpy.frombuffer(data, "<f4").reshape(rows, columns)
    scale = (numpy.abs(numbers).max(1) / 127).astype("f4")
    section[1], section[4] = BYTES, scale.astype("<f4").tobytes() + rounded(numbers, scale, 127).astype("i1").tobytes()


def rounded(numbers, scale, most):
    safe = numpy.where(scale > 0, scale, 1)[:, None]
    return numpy.where(scale[:, None] > 0, numpy.clip(numpy.rint(numbers / safe), -most - (most == 7), most), 0)


def file_of(magic, parts):
    out = bytearray()
    for name, kind, rows, columns, data in parts:
        out += struct.pack("<I", len(name)) + name.encode() + struct.pack("<BIIQ", kind, rows, columns, len(data))
        out += b"\0" * (-(HEADER + len(out)) % 64) + data
    head = magic + struct.pack("<II", 2, zlib.crc32(bytes(out))) + struct.pack("<Q", len(out))
    return head + b"\0" * (HEADER - len(head)) + bytes(out)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    data = Path(sys.argv[1]).read_bytes()
    parts = sections(data)
    for section in parts:
        if section[0] == "transformer.words" and section[1] == BYTES:
            half_bytes(section)
        if section[0] == "transformer.positions" and section[1] == FLOATS:
            in_bytes(section)
    Path(sys.argv[2]).write_bytes(file_of(data[:8], parts))


if __name__ == "__main__":
    main()
