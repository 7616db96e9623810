#!/usr/bin/env python3
"""The portable tarball and the OCI image: the installed program with every library and the loader that it needs.

usage: bundle.py PREFIX OUT VERSION EPOCH [tarball] [oci]
PREFIX holds what `cmake --install` and manpages.py made (bin, share). Nothing of the hour, the folder or the user gets into what is written.
"""
import gzip
import hashlib
import io
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(HERE))
import sbom  # noqa: E402

MACHINE = platform.machine()
OCI_MACHINE = {"x86_64": "amd64", "aarch64": "arm64"}.get(MACHINE, MACHINE)
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def needed(program):
    """The libraries of a program, as the loader finds them here; the loader first."""
    listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    if "not found" in listed:
        raise SystemExit(f"bundle.py: {program}: {listed}")
    libraries = re.findall(r"=> (/\S+)", listed)
    loader = re.search(r"^\s*(/\S*ld-linux\S*)", listed, re.M).group(1)
    return [loader] + sorted(libraries)


def gather(prefix, root, version, epoch):
    """Everything into one folder; the list of what it took of this machine."""
    program = prefix / "bin" / "chancery"
    loader, *libraries = needed(program)
    for folder in ("bin", "lib", "libexec", "share"):
        (root / folder).mkdir(parents=True)
    shutil.copy(program, root / "libexec" / "chancery")
    subprocess.run(["strip", "--strip-unneeded", str(root / "libexec" / "chancery")], check=True)
    for library in [loader] + libraries:
        shutil.copy(os.path.realpath(library), root / "lib" / os.path.basename(library))
    flags = ["-static", "-O2", "-Wall", "-Wextra", "-Wno-format-truncation", "-s", "-Wl,--build-id=none",
             f'-DLOADER="{os.path.basename(loader)}"']
    subprocess.run(["cc", *flags, "launcher.c", "-o", str(root / "bin" / "chancery")], cwd=HERE, check=True)
    for part in ("chancery", "man", "bash-completion", "zsh", "fish"):
        if (prefix / "share" / part).exists():
            shutil.copytree(prefix / "share" / part, root / "share" / part)
    notices = root / "share" / "doc" / "chancery"
    notices.mkdir(parents=True)
    for name in ("LICENSE", "NOTICE", "CHANGELOG.md", "web/vendor/LICENSES.txt"):
        shutil.copy(HERE.parent / name, notices / os.path.basename(name))
    document = sbom.document(version, epoch, [loader] + libraries, HERE.parent)
    (notices / "sbom.spdx.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def tar_of(entries, epoch):
    """A tar of (name, bytes or None for a folder, mode), in the order of the names."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for name, content, mode in sorted(entries, key=lambda e: e[0]):
            info = tarfile.TarInfo(name)
            info.mtime, info.mode = epoch, mode
            if content is None:
                info.type = tarfile.DIRTYPE
                tar.addfile(info)
            else:
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
    return out.getvalue()


def entries_of(root, under):
    yield under, None, 0o755
    for path in sorted(root.rglob("*")):
        name = f"{under}/{path.relative_to(root)}"
        if path.is_dir():
            yield name, None, 0o755
        else:
            runs = path.parent.name in ("bin", "libexec") or path.name.startswith("ld-linux")
            yield name, path.read_bytes(), 0o755 if runs else 0o644


def zipped(content):
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0, compresslevel=6, filename="") as zip_file:
        zip_file.write(content)
    return out.getvalue()


def image(root, version, epoch):
    """An OCI archive of one layer: /opt/chancery, certificates, a folder /data to work in, a user who is not root."""
    entries = [("opt", None, 0o755), *entries_of(root, "opt/chancery"), ("data", None, 0o777), ("tmp", None, 0o1777)]
    for folder in ("etc", "etc/ssl", "etc/ssl/certs"):
        entries.append((folder, None, 0o755))
    if os.path.exists(CERTIFICATES):
        entries.append((CERTIFICATES[1:], pathlib.Path(CERTIFICATES).read_bytes(), 0o644))
    entries.append(("etc/passwd", b"chancery:x:65532:65532::/data:/sbin/nologin\n", 0o644))
    plain = tar_of(entries, epoch)
    layer = zipped(plain)
    when = sbom.timestamp(epoch)
    config = {
        "created": when, "architecture": OCI_MACHINE, "os": "linux",
        "config": {"User": "65532:65532", "WorkingDir": "/data", "Entrypoint": ["/opt/chancery/bin/chancery"],
                   "Env": ["PATH=/opt/chancery/bin", "HOME=/data"], "ExposedPorts": {"8642/tcp": {}},
                   "Labels": {"org.opencontainers.image.title": "chancery", "org.opencontainers.image.version": version,
                              "org.opencontainers.image.licenses": "Apache-2.0"}},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + hashlib.sha256(plain).hexdigest()]},
        "history": [{"created": when, "created_by": "packaging/bundle.py"}],
    }
    blobs = {}

    def blob(content, kind, **more):
        digest = hashlib.sha256(content).hexdigest()
        blobs[digest] = content
        return {"mediaType": f"application/vnd.oci.image.{kind}", "digest": "sha256:" + digest, "size": len(content), **more}

    def text(value):
        return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()

    manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                "config": blob(text(config), "config.v1+json"), "layers": [blob(layer, "layer.v1.tar+gzip")]}
    index = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
             "manifests": [blob(text(manifest), "manifest.v1+json", platform={"architecture": OCI_MACHINE, "os": "linux"},
                                annotations={"org.opencontainers.image.ref.name": version})]}
    files = [("oci-layout", text({"imageLayoutVersion": "1.0.0"}), 0o644), ("index.json", text(index), 0o644),
             ("blobs", None, 0o755), ("blobs/sha256", None, 0o755)]
    files += [(f"blobs/sha256/{digest}", content, 0o644) for digest, content in blobs.items()]
    return tar_of(files, epoch)


def main():
    prefix, out, version, epoch = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
    what = sys.argv[5:] or ["tarball", "oci"]
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder) / "root"
        gather(prefix, root, version, epoch)
        name = f"chancery-{version}-linux-{MACHINE}"
        if "tarball" in what:
            (out / f"{name}.tar.gz").write_bytes(zipped(tar_of(entries_of(root, name), epoch)))
        if "oci" in what:
            (out / f"chancery-{version}-oci-{MACHINE}.tar").write_bytes(image(root, version, epoch))


if __name__ == "__main__":
    main()
