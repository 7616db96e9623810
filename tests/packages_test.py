#!/usr/bin/env python3
"""The packages as they are handed out: made twice and byte-equal, sound by lintian, unpacked and run where there is nothing else.
usage: packages_test.py BUILD_FOLDER [tarball]      tarball: that alone, made once"""
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

SOURCE = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(sys.argv[1]).resolve()


def run(*command, code=0, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True, **more)
    assert done.returncode == code, (command, done.returncode, done.stdout[-3000:], done.stderr[-3000:])
    return done.stdout


def packages(folder, what="all", **environment):
    run(SOURCE / "script/package", "--out", folder, what, BUILD, env={**os.environ, **environment})
    return {path.name: path for path in sorted(folder.iterdir())}


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def chroot_command():
    """What runs a program in a folder as if that were all there is; None where nobody may."""
    chroot = shutil.which("chroot") or "/usr/sbin/chroot"
    for command in ([chroot], ["unshare", "--user", "--map-root-user", "--root"]):
        if subprocess.run([*command, "/", "/bin/true"], capture_output=True).returncode == 0:
            return command
    print("no chroot here: not tried")
    return None


def check_notices(folder):
    """Every library is in the bill of materials, and what its package says of its copyright is there."""
    document = json.loads((folder / "share/doc/chancery/sbom.spdx.json").read_text())
    owners = {p["packageFileName"]: p["name"] for p in document["packages"] if "packageFileName" in p}
    assert owners.keys() == {f"lib/{p.name}" for p in (folder / "lib").iterdir()}, owners
    for library, package in owners.items():
        assert (folder / "share/doc/chancery/licences" / package).stat().st_size > 100, (library, package)
    assert (folder / "share/doc/chancery/licences/rapidjson-dev").exists()
    assert "LIBRARIES" in (folder / "share/doc/chancery/NOTICE").read_text()


def check_tarball(path, folder):
    with tarfile.open(path) as tar:
        tar.extractall(folder)
    root, = folder.iterdir()
    text = "Norwegian Foreign Minister Kari Solheim visited Reykjavik on Tuesday, her office said.\n"
    # From any folder, found along PATH, with nothing else on it.
    out = run("chancery", "read", "--json", "--model", "fast", "-", input=text, cwd="/", env={"PATH": f"{root}/bin"})
    assert json.loads(out)["events"], out
    check_notices(root)
    # Nothing knows where it was made.
    for binary in ("bin/chancery", "libexec/chancery"):
        content = (root / binary).read_bytes()
        assert not any(os.fsencode(folder) + b"/" in content for folder in (SOURCE, BUILD)), binary
    assert (root / "share/man/man1/chancery-read.1").exists()
    # In a chroot that holds the archive and nothing more: no /proc, no loader, no shell.
    enter = chroot_command()
    if not enter:
        return
    program = f"/{root.name}/bin/chancery"
    assert "chancery" in run(*enter, folder, program, "--version", env={})
    out = run(*enter, folder, program, "read", "--json", "--model", "fast", "-", input=text, env={})
    assert json.loads(out)["events"], out
    (folder / "data").mkdir()
    (folder / "data/a.txt").write_text(text)
    run(*enter, folder, program, "ingest", "--model", "fast", "--ledger", "/data/l.ledger", "/data/a.txt", env={})
    assert "Solheim" in run(*enter, folder, program, "actors", "--ledger", "/data/l.ledger", "--csv", env={})


def check_image(path, folder):
    with tarfile.open(path) as tar:
        blobs = {m.name: tar.extractfile(m).read() for m in tar.getmembers() if m.isfile()}
    for name, content in blobs.items():
        if name.startswith("blobs/sha256/"):
            assert hashlib.sha256(content).hexdigest() == name.split("/")[-1]
    assert json.loads(blobs["oci-layout"])["imageLayoutVersion"] == "1.0.0"

    def blob(described):
        content = blobs["blobs/sha256/" + described["digest"].removeprefix("sha256:")]
        assert len(content) == described["size"]
        return content

    manifest = json.loads(blob(json.loads(blobs["index.json"])["manifests"][0]))
    config = json.loads(blob(manifest["config"]))
    layer = gzip.decompress(blob(manifest["layers"][0]))
    assert config["rootfs"]["diff_ids"] == ["sha256:" + hashlib.sha256(layer).hexdigest()]
    with tarfile.open(fileobj=io.BytesIO(layer)) as tar:
        tar.extractall(folder)
    assert "ca-certificates" in os.listdir(folder / "opt/chancery/share/doc/chancery/licences")
    check_notices(folder / "opt/chancery")
    # As a container runs it: its own files, its entry and its variables, and a folder of the user's.
    (folder / "data/report.html").write_bytes((SOURCE / "examples/accord.html").read_bytes())
    enter = chroot_command()
    if enter:
        environment = dict(variable.split("=", 1) for variable in config["config"]["Env"])
        out = run(*enter, folder, *config["config"]["Entrypoint"], "read", "--json", "--model", "fast", "/data/report.html", env=environment)
        assert json.loads(out)["statements"], out


def check_debs(debs, folder):
    for deb in debs:
        run("dpkg-deb", "-x", deb, folder)
    run("lintian", "--fail-on", "error,warning", *debs, env={**os.environ, "LC_ALL": "C.UTF-8"})
    program, = folder.glob("usr/bin/chancery")
    text = "Iran rejected the demand of the United States.\n"
    # What it needs beside it is in chancery-data.
    assert json.loads(run(program, "read", "--json", "--model", "fast", "-", input=text))["article"]["text"]
    pages = sorted(p.name for p in folder.glob("usr/share/man/man1/*.gz"))
    assert "chancery.1.gz" in pages and "chancery-statements.1.gz" in pages
    assert list(folder.glob("usr/lib/*/libchancery.so.*.*")) and list(folder.glob("usr/lib/*/pkgconfig/chancery.pc"))
    check_completion(folder)


def check_completion(folder):
    script = folder / "usr/share/bash-completion/completions/chancery"
    for words, wanted in ((["sta"], "statements"), (["events", "--type", "SAN"], "SANCTION"), (["positions", "--stance", ""], "demands"),
                          (["actors", "li"], "list"), (["events", "--country", "NO"], "NOR"), (["export", "--format", "gd"], "gdelt-mentions"),
                          (["statements", "--ab"], "--about"), (["--model", "f"], "fast")):
        line = " ".join(f"'{w}'" for w in ["chancery", *words])
        out = run("bash", "-c", f". {script}; COMP_WORDS=({line}); COMP_CWORD={len(words)}; _chancery; printf '%s\\n' \"${{COMPREPLY[@]}}\"")
        assert wanted in out.split(), (words, out)
    if shutil.which("fish"):
        script = folder / "usr/share/fish/vendor_completions.d/chancery.fish"
        for line, wanted in (("chancery sta", "statements"), ("chancery events --type SAN", "SANCTION"), ("chancery actors li", "list")):
            out = run("fish", "--no-config", "-c", f"source {script}; complete -C '{line}'", env={**os.environ, "HOME": str(folder)})
            assert any(row.split("\t")[0] == wanted for row in out.splitlines()), (line, out)
    if shutil.which("zsh"):
        check_zsh(folder / "usr/share/zsh/vendor-completions")


# A shell at a terminal of its own. What is typed, completed, and shown by a key.
ZSH = r"""
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "PS1= PS2= RPS1=; unset zle_bracketed_paste; fpath=($1 \$fpath); autoload -U compinit && compinit -u -D
  setopt no_auto_menu no_list_beep; say() { print -r -- \"<\$BUFFER>\"; zle kill-buffer }; zle -N say; bindkey '^Xs' say; print re''ady"
zpty -r z out '*ready*'
shift
for line; do
  zpty -w -n z "$line"$'\t\x18s'
  zpty -r z out $'*<chancery*>*'
  print -r -- "${${out##*<}%%>*}"
done
zpty -d z
"""


def check_zsh(scripts):
    asked = {"chancery events --type SAN": "chancery events --type SANCTION", "chancery sta": "chancery statements",
             "chancery --model f": "chancery --model fast", "chancery actors li": "chancery actors list",
             "chancery export --format table-no": "chancery export --format table-novelty"}
    out = run("zsh", "-f", "-c", ZSH, "zsh", scripts, *asked, timeout=300)
    assert [line.strip() for line in out.splitlines()] == list(asked.values()), out


def check_install(made):
    """What docs/install.md tells people to install is what is made; and this Debian would take it."""
    machine = {"x86_64": platform.machine(), "amd64": run("dpkg", "--print-architecture").strip()}
    text = (SOURCE / "docs/install.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?<![\w-])chancery[\w.-]*\.(?:deb|tar\.gz|tar)(?!\w)", text))
    assert len(named) >= 4, named
    for name in named:
        for of_document, here in machine.items():
            name = name.replace(of_document, here)
        assert name in made or "aarch64" in name, f"docs/install.md names {name}; made are {sorted(made)}"
    out = run("apt-get", "--simulate", "--no-download", "-o", "Debug::NoLocking=1", "install", *(p for n, p in made.items() if n.endswith(".deb")))
    assert out.count("Inst ") >= 4, out


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    if sys.argv[2:] == ["tarball"]:
        for name in ("one", "tar"):
            (folder / name).mkdir()
        made, = packages(folder / "one", "tarball").values()
        check_tarball(made, folder / "tar")
        print("the tarball is sound")
        sys.exit(0)
    for name in ("one", "two", "tar", "oci", "deb"):
        (folder / name).mkdir()
    one = packages(folder / "one")
    two = packages(folder / "two", TZ="Pacific/Apia", HOME=str(folder), LANG="C", USER="somebody")
    assert one.keys() == two.keys() and len(one) == 6, sorted(one)
    for name in one:
        assert digest(one[name]) == digest(two[name]), f"{name}: made twice, and not the same"
    check_tarball(next(p for n, p in one.items() if n.endswith(".tar.gz")), folder / "tar")
    check_image(next(p for n, p in one.items() if "-oci-" in n), folder / "oci")
    check_install(one)
    check_debs([p for n, p in one.items() if n.endswith(".deb")], folder / "deb")
print("the packages are sound")
