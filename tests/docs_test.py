#!/usr/bin/env python3
"""Every command and piece of code in the documents, run as it stands there, in a folder that has the files which they name.
usage: docs_test.py PROGRAM"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import documented  # noqa: E402

SOURCE = documented.SOURCE
PROGRAM = pathlib.Path(sys.argv[1]).resolve()


def by_line(program, document, wanted):
    """The pieces of a document in shell, line by line."""
    ran = [program.run(line, document) for language, piece in documented.pieces(document) if language == "sh" for line in piece.splitlines()]
    assert len(ran) > wanted, (document, len(ran))


def tutorial(program):
    ran = 0
    for language, piece in documented.pieces("docs/tutorial.md"):
        ran += 1
        if language == "sh":
            for line in piece.splitlines():
                program.run(line, "docs/tutorial.md")
            continue
        command = {"python": [sys.executable, "-c"], "r": [shutil.which("Rscript"), "--vanilla", "-e"]}[language]
        if command[0]:
            done = subprocess.run([*command, piece], cwd=program.folder, env=program.environment, capture_output=True, text=True)
            assert done.returncode == 0, f"docs/tutorial.md:\n{piece}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    assert ran > 10, ran


def corrections(program):
    program.environment["CHANCERY_LEDGER"] = "corrections.ledger"
    by_line(program, "docs/corrections.md", 15)
    # The article that was confirmed last comes out as gold.
    assert (program.folder / "gold.jsonl").read_text(encoding="utf-8").count("\n") == 1
    # On the pages and over the API, by a named user with a key of their own.
    program.environment["KEY"] = "a key of sixteen characters or more"
    program.run('printf "Ana Ruiz\\t%s\\n" "$(printf %s "$KEY" | sha256sum | cut -d" " -f1)" > users.tsv', "docs/corrections.md")
    by_token, by_name, *sent = documented.lines("docs/corrections.md")
    assert len(sent) == 2, sent
    program.serve(by_token, "docs/corrections.md")
    program.serve(by_name, "docs/corrections.md", then=sent if shutil.which("curl") else [])


def library():
    """The code is only compiled here; script/test-library runs it."""
    for language, piece in documented.pieces("docs/library.md"):
        compiler = {"cpp": ["g++", "-std=c++20", "-x", "c++"], "c": ["cc", "-std=c99", "-x", "c"]}.get(language)
        if compiler and shutil.which(compiler[0]):
            done = subprocess.run([*compiler, "-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers", "-fsyntax-only", "-I", SOURCE / "include", "-"],
                                  input=piece, capture_output=True, text=True)
            assert done.returncode == 0, f"docs/library.md:\n{piece}\n{done.stderr[-2000:]}"


for work, *about in ((tutorial,), (corrections,), (documented.follow, "README.md"), (documented.follow, "docs/extract.md"),
                     (documented.follow, "docs/fleet.md")):
    with tempfile.TemporaryDirectory() as folder:
        program = documented.Program(PROGRAM, pathlib.Path(folder))
        if about:
            documented.reports(program.folder)
        work(program, *about)
library()

# Whatever else is named: documents, folders, scripts with their options, the program's verbs and theirs.
with tempfile.TemporaryDirectory() as folder:
    program = documented.Program(PROGRAM, pathlib.Path(folder))
    for document in documented.documents():
        text = (SOURCE / document).read_text(encoding="utf-8")
        for named in re.findall(r"`((?:docs|examples|script|data|models|include|packaging|python|tests|web)/[\w./-]*\w)`", text):
            here = ((SOURCE / document).parent / named, SOURCE / named)
            assert any(p.exists() for p in here) or any(SOURCE.glob(named + "*")), f"{document} names {named}, which is not there"
        documented.scripts_are_there(document)
        for command in documented.inline(document):
            program.explains(command, document)
    # And what the program itself gives as examples.
    verbs = re.findall(r"^  ([a-z]+) ", program.help_of().split("Subcommands:")[1], re.M)
    assert len(verbs) > 35, verbs
    for verb in verbs:
        for command in re.findall(r"^  (?:\w+=\S+ )?(chancery .*)", program.help_of(verb), re.M):
            program.explains(re.split(r"   |; ", command)[0], f"chancery help {verb}")
print("every command of the documents runs")
