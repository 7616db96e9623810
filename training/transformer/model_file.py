"""A model file's sections (src/base/model_file.h): read and written whole, a section a name with kind, rows, columns and bytes."""
import struct
import zlib
from pathlib import Path

# Kinds of sections; those from BYTES on packing makes.
HALVES, STRINGS, FLOATS, BYTES, PACKED, HALF_BYTES = 1, 2, 3, 4, 5, 6
VERSION, HEADER = 2, 64


def read(path):
    """{name: (kind, rows, columns, bytes)}, in the order of the file."""
    data, at, out = Path(path).read_bytes(), HEADER, {}
    while at < len(data):
        length, = struct.unpack_from("<I", data, at)
        name = data[at + 4:at + 4 + length].decode()
        kind, rows, columns, count = struct.unpack_from("<BIIQ", data, at + 4 + length)
        at += 4 + length + 17
        at += -at % HEADER
        out[name] = kind, rows, columns, data[at:at + count]
        at += count
    return out


def write(path, sections):
    """The file of such sections, in their order."""
    body = bytearray()
    for name, (kind, rows, columns, data) in sections.items():
        body += struct.pack("<I", len(name)) + name.encode() + struct.pack("<BIIQ", kind, rows, columns, len(data))
        body += bytes(-(HEADER + len(body)) % HEADER) + data
    header = b"CHANCERY" + struct.pack("<IIQ", VERSION, zlib.crc32(bytes(body)), len(body))
    Path(path).write_bytes(header + bytes(HEADER - len(header)) + bytes(body))
