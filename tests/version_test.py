#!/usr/bin/env python3
"""One version everywhere, and packaging/stamp sets it everywhere.  usage: version_test.py"""
import pathlib
import re
import shutil
import subprocess
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parent.parent
here = subprocess.run([SOURCE / "packaging/stamp", "--check"], capture_output=True, text=True)
assert here.returncode == 0, here.stdout
old = here.stdout.split()[-1]

with tempfile.TemporaryDirectory() as folder:
    copy = pathlib.Path(folder) / "copy"
    for part in ("include", "packaging", "docs", "cmake", "tests/library"):
        shutil.copytree(SOURCE / part, copy / part)
    for name in ("CITATION.cff", "CHANGELOG.md"):
        shutil.copy(SOURCE / name, copy / name)

    def stamp(*arguments):
        return subprocess.run([copy / "packaging/stamp", *arguments], capture_output=True, text=True)

    # Without an entry in the list of changes no version is whole.
    done = stamp("23.7.1")
    assert done.returncode == 1 and done.stdout.count("\n") == 1 and "CHANGELOG.md" in done.stdout, done.stdout
    changes = (copy / "CHANGELOG.md").read_text(encoding="utf-8")
    (copy / "CHANGELOG.md").write_text(changes.replace(f"## {old}", f"## 23.7.1\n\n- New.\n\n## {old}"), encoding="utf-8")
    done = stamp("23.7.1")
    assert done.returncode == 0, done.stdout
    assert len(list((copy / "packaging/debian").glob("libchancery23.7.*"))) == 2
    control = (copy / "packaging/debian/control").read_text(encoding="utf-8")
    assert "Package: libchancery23.7\n" in control and "Depends: libchancery23.7 (=" in control
    assert (copy / "packaging/debian/changelog").read_text(encoding="utf-8").count("chancery (") == 2
    assert "CHANCERY_VERSION_MINOR 7\n" in (copy / "include/chancery/version.h").read_text()
    # Nowhere else does the old one stand, but where it is told what was new in it.
    short = old.rpartition(".")[0]
    for path in copy.rglob("*"):
        if path.is_file() and path.name not in ("CHANGELOG.md", "changelog", "chancery.h") and path.suffix != ".png":
            for line in path.read_text(encoding="utf-8").splitlines():
                assert not re.search(rf"chancery\S*[-_ .]?{re.escape(short)}(?!\d)", line, re.I), f"{path.relative_to(copy)}: {line}"
    # A place that was forgotten is named.
    install = copy / "docs/install.md"
    install.write_text(install.read_text(encoding="utf-8").replace("chancery-23.7.1-linux", "chancery-23.7.0-linux", 1), encoding="utf-8")
    done = stamp("--check")
    assert done.returncode == 1 and "docs/install.md: chancery-23.7.0" in done.stdout, done.stdout
    for wrong in ("1.2", "v1.2.3", ""):
        assert stamp(wrong).returncode == 2
print("one version everywhere")
