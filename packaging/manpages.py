#!/usr/bin/env python3
"""Man pages of the program and of each verb, from what they say with --help.  usage: manpages.py PROGRAM VERSION EPOCH OUT_FOLDER"""
import datetime
import pathlib
import re
import subprocess
import sys

FILES = r""".SH FILES
.TP
.I ~/.config/chancery/config
Settings for every run, one a line, like
.BR "ledger = my.ledger" ;
ledger, model, data, ontology.
.SH ENVIRONMENT
.TP
.B CHANCERY_LEDGER, CHANCERY_MODEL, CHANCERY_DATA, CHANCERY_ONTOLOGY
Stand in for
.BR \-\-ledger ", " \-\-model ", " \-\-data " and " \-\-ontology .
.TP
.B CHANCERY_CONFIG
Another file of settings.
.TP
.B NO_COLOR
Plain text.
.SH EXIT STATUS
0 all is good; 1 some inputs failed, each named on standard error, or a name was asked for that nobody bears; 2 the command line is
wrong; 3 it cannot start, or what was made could not be kept.
"""


def roff(text):
    text = text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("…", "...").replace("·", r"\(bu")
    return re.sub(r"^([.'])", r"\\&\1", text)


def verbs_of(text):
    found = re.search(r"^(?:Subcommands|SUBCOMMANDS):\n((?:  .*\n)+)", text, re.M)
    return re.findall(r"^  ([a-z][\w-]*)", found.group(1), re.M) if found else []


def page(name, title, text, version, day, also):
    out = [f'.TH {name.upper()} 1 "{day}" "chancery {version}" "User Commands"', ".SH NAME", f"{roff(name)} \\- {roff(title)}", ".SH SYNOPSIS"]
    lines = text.rstrip().split("\n")
    usage = next((line for line in lines if line.startswith("Usage: ")), "Usage: chancery")
    out += [".B " + roff(usage.removeprefix("Usage: ")), ".SH DESCRIPTION"]
    body = [line for line in lines if line != usage]
    out.append(".nf")
    for line in body:
        heading = re.match(r"^(\w[\w ]*):$", line)
        if heading:
            out += [".fi", ".SH " + roff(heading.group(1).upper()), ".nf"]
        else:
            out.append(roff(line))
    out += [".fi", FILES.rstrip()]
    out += [".SH SEE ALSO", ",\n".join(f".BR {roff(a)} (1)" for a in also)]
    return "\n".join(out) + "\n"


def main():
    program, version, epoch, folder = sys.argv[1], sys.argv[2], int(sys.argv[3]), pathlib.Path(sys.argv[4])
    folder.mkdir(parents=True, exist_ok=True)
    day = datetime.datetime.fromtimestamp(epoch, datetime.timezone.utc).strftime("%Y-%m-%d")

    def help_of(*words):
        return subprocess.run([program, *words, "--help"], capture_output=True, text=True, check=True, env={"COLUMNS": "100"}).stdout

    top = help_of()
    verbs = verbs_of(top)
    assert len(verbs) > 20, verbs
    (folder / "chancery.1").write_text(
        page("chancery", "read news reports and keep the diplomatic record they contain", top, version, day, [f"chancery-{v}" for v in verbs]),
        encoding="utf-8")
    for verb in verbs:
        text = help_of(verb)
        title = text.strip().split("\n")[0].rstrip(".")
        (folder / f"chancery-{verb}.1").write_text(page(f"chancery-{verb}", title, text, version, day, ["chancery"]), encoding="utf-8")


main()
