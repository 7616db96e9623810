#!/usr/bin/env python3
"""The portable tarball and the OCI image: the installed program with every library and the loader that it needs.

usage: bundle.py PREFIX OUT VERSION EPOCH tarball|oci… [--root FOLDER]
PREFIX holds what `cmake --install` and packaging/complete made (bin, share). --root: for ARM64, whose packages lie unpacked in FOLDER. Nothing of the hour, the folder or the user gets into what is written.
"""
import argparse
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

CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


class Machine:
    """The machine for which it is packed: this one, or the one whose packages lie unpacked in `root` (script/arm)."""

    def __init__(self, root):
        self.root = os.path.realpath(root) if root else ""
        self.name = "aarch64" if root else platform.machine()
        self.tools = "aarch64-linux-gnu-" if root else ""
        self.oci = {"x86_64": "amd64", "aarch64": "arm64"}.get(self.name, self.name)

    def needed(self, program):
        """The libraries of a program, as the loader finds them; the loader first."""
        if self.root:
            return self.walked(program)
        listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
        if "not found" in listed:
            raise SystemExit(f"bundle.py: {program}: {listed}")
        libraries = re.findall(r"=> (/\S+)", listed)
        loader = re.search(r"^\s*(/\S*ld-linux\S*)", listed, re.M).group(1)
        return [loader] + sorted(libraries)

    def walked(self, program):
        """The same where no loader of ours can run: by what each file says that it needs."""
        folders = [f"/lib/{self.name}-linux-gnu", f"/usr/lib/{self.name}-linux-gnu"]
        loader = re.search(r"interpreter: (\S+)\]", self.said(program, "-l")).group(1)
        found, waiting = {os.path.basename(loader): loader}, [str(program)]
        while waiting:
            for name in re.findall(r"\(NEEDED\).*\[(.+)\]", self.said(waiting.pop(), "-d")):
                if name in found:
                    continue
                there = [f"{folder}/{name}" for folder in folders if os.path.exists(f"{self.root}{folder}/{name}")]
                if not there:
                    raise SystemExit(f"bundle.py: {program}: {name} is not in {self.root}")
                found[name] = there[0]
                waiting.append(self.root + there[0])
        return [loader] + sorted(path for path in found.values() if path != loader)

    @staticmethod
    def said(file, option):
        return subprocess.run(["readelf", "-W", option, str(file)], capture_output=True, text=True, check=True).stdout


def licences(packages, machine, folder):
    """What each package says of its copyright, for all of which there is something in what is handed out."""
    for package in sorted(packages):
        said = pathlib.Path(f"{machine.root}/usr/share/doc/{package}/copyright")
        if said.exists():
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(said, folder / package)


def gather(prefix, root, version, epoch, machine):
    """Everything into one folder, with the list of what it took of this machine."""
    program = prefix / "bin" / "chancery"
    loader, *libraries = machine.needed(program)
    for folder in ("bin", "lib", "libexec", "share"):
        (root / folder).mkdir(parents=True)
    shutil.copy(program, root / "libexec" / "chancery")
    subprocess.run([f"{machine.tools}strip", "--strip-unneeded", str(root / "libexec" / "chancery")], check=True)
    for library in [loader] + libraries:
        shutil.copy(os.path.realpath(machine.root + library), root / "lib" / os.path.basename(library))
    flags = ["-static", "-O2", "-Wall", "-Wextra", "-Wno-format-truncation", "-s", "-Wl,--build-id=none",
             f'-DLOADER="{os.path.basename(loader)}"']
    compiler = f"{machine.tools}gcc" if machine.tools else "cc"
    subprocess.run([compiler, *flags, "launcher.c", "-o", str(root / "bin" / "chancery")], cwd=HERE, check=True)
    for part in ("chancery", "man", "bash-completion", "zsh", "fish"):
        if (prefix / "share" / part).exists():
            shutil.copytree(prefix / "share" / part, root / "share" / part)
    notices = root / "share" / "doc" / "chancery"
    notices.mkdir(parents=True)
    for name in ("LICENSE", "NOTICE", "CHANGELOG.md", "web/vendor/LICENSES.txt"):
        shutil.copy(HERE.parent / name, notices / os.path.basename(name))
    owned = [(library, *sbom.owner(library, machine.root)) for library in [loader] + libraries]
    document = sbom.document(version, epoch, owned, HERE.parent)
    (notices / "sbom.spdx.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    licences({package for _, package, _ in owned}, machine, notices / "licences")
    # Headers are of no machine.
    licences({package for _, package, _ in sbom.COMPILED_IN if package}, Machine(""), notices / "licences")


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


def image(root, version, epoch, machine):
    """An OCI archive of one layer: /opt/chancery, certificates, a folder /data to work in, a user who is not root."""
    if os.path.exists(CERTIFICATES):
        licences({"ca-certificates"}, Machine(""), root / "share/doc/chancery/licences")
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
        "created": when, "architecture": machine.oci, "os": "linux",
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
             "manifests": [blob(text(manifest), "manifest.v1+json", platform={"architecture": machine.oci, "os": "linux"},
                                annotations={"org.opencontainers.image.ref.name": version})]}
    files = [("oci-layout", text({"imageLayoutVersion": "1.0.0"}), 0o644), ("index.json", text(index), 0o644),
             ("blobs", None, 0o755), ("blobs/sha256", None, 0o755)]
    files += [(f"blobs/sha256/{digest}", content, 0o644) for digest, content in blobs.items()]
    return tar_of(files, epoch)


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("prefix", type=pathlib.Path)
    asked.add_argument("out", type=pathlib.Path)
    asked.add_argument("version")
    asked.add_argument("epoch", type=int)
    asked.add_argument("what", nargs="*", choices=["tarball", "oci"])
    asked.add_argument("--root", default="")
    asked = asked.parse_args()
    machine = Machine(asked.root)
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder) / "root"
        gather(asked.prefix, root, asked.version, asked.epoch, machine)
        name = f"chancery-{asked.version}-linux-{machine.name}"
        if "tarball" in asked.what:
            (asked.out / f"{name}.tar.gz").write_bytes(zipped(tar_of(entries_of(root, name), asked.epoch)))
        if "oci" in asked.what:
            (asked.out / f"chancery-{asked.version}-oci-{machine.name}.tar").write_bytes(image(root, asked.version, asked.epoch, machine))


if __name__ == "__main__":
    main()
