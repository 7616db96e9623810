#!/usr/bin/env python3
"""Every command and piece of code in the documents that users follow, run as it stands there.
usage: docs_test.py PROGRAM"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = pathlib.Path(sys.argv[1]).resolve()


def pieces(document):
    text = (SOURCE / document).read_text(encoding="utf-8")
    return re.findall(r"^```(\w+)\n(.*?)^```$", text, re.M | re.S)


def check(done, document, piece):
    assert done.returncode == 0, f"{document}:\n{piece}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    (folder / "bin").mkdir()
    (folder / "bin/chancery").symlink_to(PROGRAM)
    (folder / "examples").symlink_to(SOURCE / "examples")
    environment = {**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "CHANCERY_MODEL": "fast", "CHANCERY_CONFIG": "/dev/null",
                   "CHANCERY_LEDGER": "my.ledger"}
    ran = 0
    for language, piece in pieces("docs/tutorial.md"):
        ran += 1
        if language == "sh":
            for line in piece.splitlines():
                check(subprocess.run(["bash", "-ec", line], cwd=folder, env=environment, capture_output=True, text=True), "docs/tutorial.md", line)
        elif language == "python":
            check(subprocess.run([sys.executable, "-c", piece], cwd=folder, env=environment, capture_output=True, text=True), "docs/tutorial.md", piece)
        elif language == "r" and shutil.which("Rscript"):
            check(subprocess.run(["Rscript", "--vanilla", "-e", piece], cwd=folder, env=environment, capture_output=True, text=True), "docs/tutorial.md", piece)
    assert ran > 10, ran
    environment["CHANCERY_LEDGER"] = "corrections.ledger"
    lines = [line for language, piece in pieces("docs/corrections.md") if language == "sh" for line in piece.splitlines()]
    assert len(lines) > 15, lines
    for line in lines:
        check(subprocess.run(["bash", "-ec", line], cwd=folder, env=environment, capture_output=True, text=True), "docs/corrections.md", line)
    # The article that was confirmed last comes out as gold.
    assert (folder / "gold.jsonl").read_text(encoding="utf-8").count("\n") == 1
    for language, piece in pieces("docs/library.md"):
        compiler = {"cpp": ["g++", "-std=c++20", "-x", "c++"], "c": ["cc", "-std=c99", "-x", "c"]}.get(language)
        if compiler and shutil.which(compiler[0]):
            done = subprocess.run([*compiler, "-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers", "-fsyntax-only", "-I", SOURCE / "include", "-"],
                                  input=piece, capture_output=True, text=True)
            check(done, "docs/library.md", piece)

# Documents and folders that documents name are there.
for document in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in (SOURCE / "docs").glob("*.md")), "python/README.md",
                 "packaging/README.md"]:
    for named in re.findall(r"`((?:docs|examples|script|data|models|include|packaging|python|tests|web)/[\w./-]*\w)`", (SOURCE / document).read_text()):
        assert (SOURCE / named).exists() or any(SOURCE.glob(named + "*")), f"{document} names {named}, which is not there"
print("every command of the documents runs")
