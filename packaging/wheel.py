#!/usr/bin/env python3
"""Adds to a repaired wheel the bill of materials of the libraries that it carries, and what each of them says of its copyright.
usage: wheel.py WHEEL VERSION EPOCH

Writes dist-info/sboms/chancery.spdx.json and dist-info/licenses/libraries/PACKAGE, and their lines in RECORD. The same wheel gives the same bytes."""
import base64
import glob
import hashlib
import json
import os
import pathlib
import re
import sys
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
import sbom  # noqa: E402


def library_here(name):
    """The file of this machine that auditwheel took under a name with a digest in it (libz-12345678.so.1.2.13)."""
    plain = re.sub(r"-[0-9a-f]{8}(?=\.)", "", name, count=1)
    stem = plain.split(".so")[0]
    for pattern in (plain, f"{stem}.so*"):
        found = sorted(p for folder in ("/usr/lib/*-linux-gnu", "/lib/*-linux-gnu", "/usr/lib", "/usr/local/lib") for p in glob.glob(f"{folder}/{pattern}"))
        if found:
            return found[0]
    raise SystemExit(f"wheel.py: {name} is no library of this machine")


def main():
    wheel, version, epoch = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    with zipfile.ZipFile(wheel) as packed:
        entries = [(info, packed.read(info)) for info in packed.infolist()]
    names = [info.filename for info, _ in entries]
    record = next(name for name in names if name.endswith(".dist-info/RECORD"))
    home = os.path.dirname(record)
    carried = sorted(name for name in names if name.startswith("chancery.libs/") and not name.endswith("/"))
    owned = [(name, *sbom.owner(library_here(os.path.basename(name)))) for name in carried]
    document = sbom.document(version, epoch, owned, HERE.parent, folder="chancery.libs/")
    added = {f"{home}/sboms/chancery.spdx.json": json.dumps(document, indent=1, ensure_ascii=False).encode() + b"\n"}
    for package in sorted({package for _, package, _ in owned} | {package for _, package, _ in sbom.COMPILED_IN if package}):
        said = pathlib.Path(f"/usr/share/doc/{package}/copyright")
        if said.exists():
            added[f"{home}/licenses/libraries/{package}"] = said.read_bytes()
    lines = []
    for name, content in added.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}\n")
    when = time.gmtime(max(epoch, 315532800))[:6]
    entries += [(zipfile.ZipInfo(name, when), content) for name, content in added.items()]
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as out:
        # By name, and the record behind all that it lists.
        for info, content in sorted(entries, key=lambda e: (e[0].filename == record, e[0].filename)):
            if info.filename == record:
                content = b"".join(sorted(content.splitlines(keepends=True) + [line.encode() for line in lines]))
            info.date_time = when
            info.compress_type = zipfile.ZIP_DEFLATED
            if info.filename in added:
                info.external_attr = 0o644 << 16
            out.writestr(info, content)


main()
