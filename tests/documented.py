"""What the documents tell people to type, for docs_test.py: every line of code in them, what it is, and how it is run where it cannot be run as it
stands (a server that does not end, a host that is not there)."""
import functools
import gzip
import html
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import urllib.request
import zipfile

SOURCE = pathlib.Path(__file__).resolve().parent.parent

# What other programs do, on machines with a package manager, a batch system, a network: these lines are not run here, but what
# they name of ours must be there. script/trial-fleet runs parallel, Slurm and Spark; script/test-python and packages_test.py pip and apt.
ELSEWHERE = re.compile(r"(apt|pip|createuser|cp|systemctl|sbatch|spark-submit) |job=\$\(sbatch |JOBS=4 PARALLEL=|echo 'FEEDS=")
# Programs to which a script hands its options on.
HANDED_ON = {"train": [SOURCE / "training/transformer/train.py"]}
OURS = re.compile(r"(script|bench|training|examples)/[\w./-]*\w")


def documents():
    """Every document of the repository, as its path."""
    folders = [".", "docs", "python", "packaging", "examples", "data", "models", "bench", "fuzz", "tests", "training"]
    found = [path for folder in folders for path in sorted((SOURCE / folder).glob("*.md"))]
    return [str(path.relative_to(SOURCE)) for path in [*found, *sorted((SOURCE / "src").rglob("*.md"))]]


def pieces(document):
    """(language, text) of what stands between ``` and ```."""
    text = (SOURCE / document).read_text(encoding="utf-8")
    return re.findall(r"^```(\w+)\n(.*?)^```$", text, re.M | re.S)


def lines(document):
    """The lines that are set in by four spaces behind an empty line, without their comments; those that go on (\\) as one."""
    text = re.sub(r"^```.*?^```$", "", (SOURCE / document).read_text(encoding="utf-8"), flags=re.M | re.S)
    found = []
    for block in re.findall(r"(?:\A|\n)\n((?:    \S.*\n(?:      .*\n)*)+)", text):
        found += re.sub(r"\\\n\s*", "", block).splitlines()
    return [re.sub(r"\s+# .*", "", line).strip() for line in found]


def inline(document):
    """What stands between ` and ` and begins with the program's name."""
    text = re.sub(r"^```.*?^```$", "", (SOURCE / document).read_text(encoding="utf-8"), flags=re.M | re.S)
    return re.findall(r"`((?:chancery|B/chancery|build/release/chancery) [^`\n]+)`", text)


class Program:
    """The program as the documents call it, in a folder that has what they name."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        (folder / "bin").mkdir()
        (folder / "bin/chancery").symlink_to(program)
        for name in ("examples", "bench", "script"):
            (folder / name).symlink_to(SOURCE / name)
        self.environment = {**os.environ, "PATH": f"{folder}/bin:{os.environ['PATH']}", "CHANCERY_MODEL": "fast", "CHANCERY_CONFIG": "/dev/null",
                            "CHANCERY_LEDGER": "my.ledger", "USER": "Ana Ruiz", "RES_OPTIONS": "timeout:1 attempts:1"}

    def run(self, line, document, code=0):
        done = subprocess.run(["bash", "-ec", line], cwd=self.folder, env=self.environment, capture_output=True, text=True)
        assert done.returncode == code, f"{document}:\n{line}\n{done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
        return done.stdout + done.stderr

    def serve(self, line, document, then=()):
        """A server that does not end: started on any port, asked, and ended. `then`: what is run while it stands."""
        server = subprocess.Popen(["bash", "-c", f"{line} --port 0"], cwd=self.folder, env=self.environment, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True, start_new_session=True)
        try:
            address = server.stdout.readline().strip()
            assert address.startswith("http://localhost:"), f"{document}:\n{line}\n{address}"
            with urllib.request.urlopen(address, timeout=60) as page:
                assert page.status == 200
            for command in then:
                answer = self.run(command.replace("http://localhost:8642/", address).replace("curl ", "curl -sS --fail-with-body "), document)
                assert '"error"' not in answer, f"{document}:\n{command}\n{answer}"
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()
            server.stdout.close()

    @functools.lru_cache(maxsize=None)
    def help_of(self, *verbs):
        done = subprocess.run([self.program, *verbs, "--help"], capture_output=True, text=True, env=self.environment)
        return done.stdout if done.returncode == 0 else ""

    def explains(self, command, document):
        """That the program has the verb and the options of a command which is only mentioned."""
        verbs, options = [], []
        for word in re.split(r"\s+", command)[1:]:
            if word in ("|", ">", "·"):
                break
            if word.startswith("--"):
                options.append(word.split("=")[0])
            elif re.fullmatch(r"[a-z]+", word) and not options and len(verbs) < 2 and self.help_of(*verbs, word):
                verbs.append(word)
        assert verbs or options, f"{document}: `{command}` names no verb"
        known = self.help_of(*verbs) + self.help_of()
        for option in options:
            assert re.search(rf"(?<![\w-]){option}(?![\w-])", known), f"{document}: `{command}`: there is no {option}"


def reports(folder):
    """The examples under the names and in the forms that the README gives them."""
    page, news = (SOURCE / "examples/accord.html").read_bytes(), (SOURCE / "examples/reports.jsonl").read_text(encoding="utf-8")
    articles = [json.loads(line) for line in news.splitlines()]
    for name in ("report.html", "page.html"):
        (folder / name).write_bytes(page)
    (folder / "report.txt").write_text(articles[0]["text"], encoding="utf-8")
    (folder / "text.txt").write_text("Norway and Iceland signed the accord.\n")
    (folder / "news.jsonl").write_text(news, encoding="utf-8")
    with gzip.open(folder / "news.jsonl.gz", "wt", encoding="utf-8") as out:
        out.write(news)
    (folder / "pages").mkdir()
    (folder / "pages/accord.html").write_bytes(page)
    for article in articles:
        words = "".join(f"<p>{html.escape(p)}</p>" for p in article["text"].split("\n") if p)
        (folder / f"pages/{article['id']}.html").write_text(
            f"<html><head><meta property='article:published_time' content='{article['published']}'></head>"
            f"<body><article><h1>{html.escape(article['title'])}</h1>{words}</article></body></html>", encoding="utf-8")
    with gzip.open(folder / "pages/packed.html.gz", "wb") as out:
        out.write(page)
    (folder / "export.csv").write_text('id,text,published\nc1,"Iran rejected the demand of the United States on Friday.",2031-05-10\n')
    with zipfile.ZipFile(folder / "more.zip", "w") as out:
        out.writestr("one.txt", articles[1]["text"])
    item = f"<item><title>Talks</title><description>{articles[2]['text'][:400]}</description></item>"
    (folder / "feed.xml").write_text(f"<rss><channel><title>Courier</title>{item}</channel></rss>", encoding="utf-8")
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/a\r\nWARC-Date: 2031-05-14T08:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n")
    for name in ("CC-NEWS.warc.gz", "more.warc.gz"):
        with gzip.open(folder / name, "wb") as out:
            out.write(head.encode() + answer + b"\r\n\r\n")
    text = "Norway accused Iceland."
    (folder / "pairs.jsonl").write_text(json.dumps({"id": "r", "text": text, "source_span": [0, 6], "target_span": [15, 22]}) + "\n")
    # A page that curl would fetch.
    curl = shutil.which("curl") or "/bin/false"
    (folder / "bin/curl").write_text(f'#!/bin/sh\n[ "$*" = "-s URL" ] && exec cat page.html\nexec {curl} "$@"\n')
    (folder / "bin/curl").chmod(0o755)


def follow(program, document):
    """Runs the lines of a document one after the other."""
    for line in lines(document):
        if ELSEWHERE.match(line) or line.startswith(("script/", "bench/")):
            continue
        if line.startswith("examples/fleet/parallel.sh"):
            if shutil.which("parallel"):
                program.run(line, document)
        elif "chancery serve" in line:
            program.serve(line, document)
        elif re.match(r"chancery (watch|work)\b", line):
            # Hosts of examples are nowhere; a team's ledger can be a file.
            line = line.replace("postgres://chancery@db/news", "team.ledger") + " --once"
            said = program.run(line, document, code=1 if "://" in line else 0)
            assert "no such host" in said or "://" not in line, f"{document}:\n{line}\n{said}"
        elif "--shard 3/12" in line:
            for shard in range(1, 13):
                program.run(line.replace("3/12", f"{shard}/12").replace("shards/3.", f"shards/{shard}."), document)
        else:
            assert re.search(r"(^|\| )chancery |^mkdir ", line), f"{document} says a command that nothing runs: {line}"
            program.run(line, document)


def scripts_are_there(document):
    """That what a line names of ours is there, and has the options which the line gives it."""
    for line in lines(document):
        if not (ELSEWHERE.match(line) or OURS.match(line)):
            continue
        for named in OURS.finditer(line):
            assert (SOURCE / named.group(0)).exists(), f"{document} names {named.group(0)}, which is not there"
        path = SOURCE / line.split()[0]
        if path.exists():
            assert os.access(path, os.X_OK), f"{document}: {line}: cannot be run"
            code = "".join(p.read_text(encoding="utf-8") for p in [path, *HANDED_ON.get(path.name, [])])
            for option in re.findall(r"(?<!\S)\[?(--[\w-]+)", line):
                assert option in code, f"{document}: {line}: there is no {option}"
        for unit in re.findall(r"chancery-[\w@]+(?:\.timer)?(?=\s|$)", line if line.startswith("systemctl") else ""):
            name = re.sub(r"@\d", "@", unit)
            name = name if name.endswith(".timer") else f"{name}.service"
            assert (SOURCE / "examples/fleet" / name).exists(), f"{document} names {unit}"
