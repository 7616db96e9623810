#!/usr/bin/env python3
"""How the time of one article, and of one file of each kind, grows with its length.

usage: bench/linear.py [--chancery PROGRAM] [--model FILE] [--from KB] [--to KB] [--time-out S] [NAME...]

Every text and file below is made at doubling sizes and read by `chancery code` in a process of its
own. Printed: CPU seconds less those of an empty run, the ratio to the half size, and the peak of
memory. A ratio over 2.3 where the larger run takes over half a second is marked and the exit
status is 1. NAME: only these. docs/reliability.md holds the last results.
"""
import argparse
import gzip
import io
import json
import os
import resource
import subprocess
import sys
import tarfile
import tempfile

MOST = 2.3
FIRST = ["Arno", "Berit", "Carl", "Dina", "Egil", "Frida", "Gunn", "Hans", "Ingrid", "Jon"]
LAST = ["Solheim", "Lindqvist", "Okafor", "Marchetti", "Novak", "Haddad", "Tanaka", "Dubois"]
STATES = ["Norway", "Iceland", "Kenya", "Peru", "Japan", "Italy", "Chad", "Ghana"]
MONTHS = ["January", "March", "May", "June", "August", "October"]


def mixed(i):
    who, state, other = LAST[i % 8], STATES[i % 8], STATES[(i + 3) % 8]
    return [
        f"{state}'s foreign minister {FIRST[i % 10]} {who} met the ambassador of {other} on {i % 28 + 1} May 2031. ",
        f"“We will not sign,” he said. ",
        f"{who} said that {other} must open its ports before {MONTHS[i % 6]}.\n\n",
        f"The parliament of {other} ratified the accord on Tuesday, and she welcomed it. ",
        f"If {state} withdraws, the ministry said, the talks will end. ",
    ][i % 5]


def name_of(i):
    letters = ""
    i += 26
    while i:
        i, digit = divmod(i, 26)
        letters = chr(97 + digit) + letters
    return letters.capitalize() + "en"


def people(i):
    return f"{FIRST[i % 10]} {name_of(i)}, the finance minister of {STATES[i % 8]}, said that the port was closed. "


ONE = "The minister of Norway said that the talks with Iceland went on and that the port of Bergen was open"
TEXTS = {
    "mixed report": mixed,
    "a new person each sentence": people,
    "all capitals": lambda i: mixed(i).upper(),
    "one sentence": lambda i: ONE + " and ",
    "no punctuation": lambda i: ONE + " ",
    '"I agree," he said.': lambda i: '"I agree," he said. ',
    "He left.": lambda i: "He left. ",
    "time expressions": lambda i: f"on {i % 28 + 1} May, last Tuesday, two weeks ago, the next day, ",
    "dates": lambda i: f"It was signed on {i % 28 + 1} {MONTHS[i % 6]} {1990 + i % 60}. ",
    "commas": lambda i: "ports, ",
    "open quotes": lambda i: "“ He said ",
    "quotation marks": lambda i: '" ',
    "marks without spaces": lambda i: '"',
    "nested quotations": lambda i: "“He said ‘we go ",
    "if": lambda i: "if Norway goes, ",
    "said that": lambda i: "Olsen said that ",
    "Mr.": lambda i: "Mr. ",
    "titles": lambda i: "Prime Minister ",
    "brackets": lambda i: "(" if i % 2 else "( ",
    "colons": lambda i: "word: ",
    "semicolons": lambda i: "; ",
    "bars": lambda i: "| ",
    "one word": lambda i: "abcdefghij",
    "short paragraphs": lambda i: f"{STATES[i % 8]} signed.\n\n",
    "we": lambda i: "We signed it. ",
    "one name": lambda i: "Norway ",
    "initials": lambda i: "J. R. ",
    "digits": lambda i: f"{i} ",
    "Chinese": lambda i: "外交部长说，",
    "control characters": lambda i: "a\x01\x02 ",
    "line ends": lambda i: "a\n",
}


def text_of(make, size):
    parts, length, i = [], 0, 0
    while length < size:
        part = make(i)
        parts.append(part)
        length += len(part.encode())
        i += 1
    return "".join(parts)


def article(make):
    def made(size):
        line = {"id": "a", "published": "2031-05-14", "text": text_of(make, size)}
        return (json.dumps(line) + "\n").encode(), "jsonl"

    return made


def html(part):
    return lambda size: (("<html><body>" + part * (size // len(part))).encode(), "html")


def csv(size):
    row = 'x,"A ""b"" c",2031-05-14,"Norway, it said, ""opened"" its port."\n'
    return ("id,title,published,text\n" + row * (size // len(row))).encode(), "csv"


def csv_open(size):
    row = 'x,"A "b" c,2031-05-14,Norway "opened its port.\n'
    return ("id,title,published,text\n" + row * (size // len(row))).encode(), "csv"


def csv_quotes(size):
    return b"id,title,published,text\n" + b'"' * size, "csv"


def warc_record(body):
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    return b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(http), http)


def warc(size):
    record = warc_record(b"<p>Norway opened its port to Iceland on Monday.</p>")
    return record * (size // len(record)), "warc"


def warc_nested(size):
    part = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999\r\n\r\n"
    return gzip.compress(part * (size // len(part)), 1), "warc.gz"


def warc_members(size):
    member = gzip.compress(b"WARC/1.0\r\n" + b"x" * 30, 1)
    return member * (size // len(member)), "warc.gz"


def blank_lines(size):
    return gzip.compress(b"\n" * (size * 200), 1), "jsonl.gz"


def gzip_heads(size):
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" * (size // 10), "warc.gz"


def feed(size):
    item = "<item><title>A</title><link>https://a.example/1</link><description>Norway signed.</description></item>"
    return ("<rss><channel><title>T</title>" + item * (size // len(item)) + "</channel></rss>").encode(), "xml"


def open_items(size):
    return ("<rss><channel>" + "<item>" * (size // 6)).encode(), "xml"


def tar(size):
    out = io.BytesIO()
    page = b"<p>Norway opened its port to Iceland on Monday.</p>"
    with tarfile.open(fileobj=out, mode="w") as t:
        for i in range(size // 1024):
            info = tarfile.TarInfo(f"{i}.html")
            info.size = len(page)
            t.addfile(info, io.BytesIO(page))
    return out.getvalue(), "tar"


FILES = {
    "csv": csv, "csv: open quotes": csv_open, "csv: quotation marks": csv_quotes,
    "warc": warc, "warc: nested heads, packed": warc_nested, "warc: many members": warc_members,
    "gzip heads": gzip_heads, "packed blank lines": blank_lines, "feed": feed, "feed: open items": open_items, "tar": tar,
    "html: open divs": html("<div>"), "html: unclosed b": html("<b>x "), "html: attributes": html("<a b=c d>"),
    "html: &": html("& &amp "), "html: <": html("<"), "html: paragraphs": html("<p>Norway signed.</p>"),
    "html: tables": html("<table><tr><td>"), "html: comments": html("<!-- "), "html: links": html('<a href="/x">Norway</a> '),
    "html: scripts": html("<script>"), "html: lists": html("<ul><li>x"),
}
MADE = {**{name: article(make) for name, make in TEXTS.items()}, **FILES}


def run(command, path, seconds):
    """CPU seconds, peak in MB and exit status of one run; None when it took too long."""
    with open(os.devnull, "w") as nothing:
        process = subprocess.Popen(
            command + [path], stdout=nothing, stderr=nothing,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds)))
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = status
    if os.WIFSIGNALED(status):
        return None
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.WEXITSTATUS(status)


def main():
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chancery", default=os.path.join(here, "build/release/chancery"))
    parser.add_argument("--model", default=os.path.join(here, "models/chancery-fast.model"))
    parser.add_argument("--from", dest="least", type=int, default=64, help="KB")
    parser.add_argument("--to", dest="most", type=int, default=8192, help="KB")
    parser.add_argument("--time-out", type=int, default=600, help="CPU seconds of one run")
    parser.add_argument("names", nargs="*")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(MADE)
    if unknown:
        parser.error(f"no text or file of the name {', '.join(sorted(unknown))}")
    command = [asked.chancery, "--model", asked.model, "code", "-o", os.devnull]
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "empty.jsonl")
        with open(path, "w") as f:
            f.write('{"id":"a","text":"Norway signed."}\n')
        base = min(run(command, path, 60)[0] for _ in range(3))
        for name in asked.names or MADE:
            before, line = None, []
            size = asked.least
            while size <= asked.most:
                made, kind = MADE[name](size * 1024)
                path = os.path.join(folder, "a." + kind)
                with open(path, "wb") as f:
                    f.write(made)
                took = run(command, path, asked.time_out)
                os.remove(path)
                if took is None:
                    line.append(f"{size}K stopped at {asked.time_out} s or by a signal")
                    wrong += 1
                    break
                seconds = max(took[0] - base, 0.001)
                ratio = f" ×{seconds / before:.1f}" if before else ""
                bad = took[2] > 1 or (bool(before) and seconds > 0.5 and seconds / before > MOST)
                wrong += bad
                line.append(f"{size}K {seconds:.2f}{ratio}{' !' if bad else ''} {took[1]:.0f}MB{'' if took[2] in (0, 1) else f' exit {took[2]}'}")
                before = seconds
                size *= 2
            print(f"{name}: " + " | ".join(line), flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
