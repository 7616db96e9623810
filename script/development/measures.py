"""What script/quality prints and script/floors holds: each measure, the data it needs, and how it is taken.

A measure is a name and a function that yields (set, figure, value) triples; the program under measure, its model and the
development data are a Bench. Every function writes what the program said under Bench.out, so that it can be looked at.
"""
import concurrent.futures
import hashlib
import json
import os
import subprocess
import sys
import threading

HELD_OUT = threading.Lock()
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Missing(Exception):
    """A measure that cannot be taken here; the message says what is missing and how to get it."""


class NoData(Missing):
    """The development data are not on this machine."""


class Failed(Exception):
    """The program or a scorer ended in a way that leaves nothing to score."""


class Bench:
    """The program with its model, the development data, and the folder for what comes out.

    program: path of chancery; model: what goes to its --model, or None for the one it ships with; shared: the folder that
    holds data/ and score/; folds: the folder of the fold models, or None; threads: for each run of the program.
    """

    def __init__(self, program, model, shared, out, folds=None, threads=1):
        self.program, self.model, self.folds, self.threads = os.path.abspath(program), model, folds, threads
        self.data, self.score, self.out = os.path.join(shared, "data"), os.path.join(shared, "score"), os.path.abspath(out)
        if not os.path.isdir(self.score):
            raise NoData(f"no development data at {shared} ($CHANCERY_SHARED names another folder)")
        if not os.access(self.program, os.X_OK):
            raise Missing(f"no program at {program} (script/build makes build/release/chancery)")
        self.pages = None  # folder of the pages judged by models without their sites, once made
        os.makedirs(self.out, exist_ok=True)

    def path(self, name):
        return os.path.join(self.out, name)

    def chancery(self, *arguments, model=None):
        """Runs the program; inputs that it refuses (exit code 1) are told, anything worse ends the measure."""
        model = model or self.model
        done = subprocess.run([self.program, *(["--model", model] if model else []), *arguments], capture_output=True, text=True)
        if done.returncode not in (0, 1):
            raise Failed(f"chancery {arguments[0]} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
        if done.returncode == 1:
            told = done.stderr.strip().splitlines()
            print(f"chancery {arguments[0]}: inputs failed, {len(told)} lines of errors, the last: {told[-1] if told else ''}", file=sys.stderr)
        return done.stdout

    def code(self, articles, out, model=None, options=()):
        """Codes the articles of a JSON Lines file into `out`."""
        self.chancery("code", *options, "-j", str(self.threads), "-o", out, articles, model=model)

    def figures(self, scorer, *arguments):
        """Runs a scorer and yields (figure, value) for each line of its answer."""
        done = subprocess.run([sys.executable, os.path.join(self.score, scorer), *arguments], capture_output=True, text=True)
        if done.returncode:
            raise Failed(f"{scorer} {' '.join(arguments)}: {done.stderr.strip()[-500:]}")
        return figures_of(done.stdout)


def figures_of(text):
    """(figure, value) of lines "name value", where the value may be followed by "of N"."""
    for line in text.splitlines():
        words = line.split()
        if len(words) == 2 or (len(words) == 4 and words[2] == "of"):
            yield words[0], " ".join(words[1:])


def rows(path):
    with open(path, encoding="utf8") as f:
        return [json.loads(line) for line in f if line.strip()]


def write_rows(path, items):
    with open(path, "w", encoding="utf8") as f:
        for item in items:
            f.write(json.dumps(item, ensure_ascii=False) + "\n")


def bare(record):
    """The article of a gold record as the program may see it."""
    article = record["article"]
    return {"id": article["id"], "published": article.get("published") or "", "text": article["text"]}


def named(set_name, figures):
    return [(set_name, figure, value) for figure, value in figures]


# ---- whole records


def seed(b):
    with open(b.path("seed.jsonl"), "w", encoding="utf8") as f:
        f.write(b.chancery("read", "--json", f"{b.data}/record/seed.txt"))
    return named("seed", b.figures("record.py", f"{b.data}/record/seed.gold.json", b.path("seed.jsonl")))


def record(b):
    b.code(f"{b.data}/record/dev/articles.jsonl", b.path("record.jsonl"))
    return named("record", b.figures("record.py", f"{b.data}/record/dev", b.path("record.jsonl")))


def gold(b, name):
    """Gold records of news: name is dev (newswire) or modern_dev (web news)."""
    path = f"{b.data}/gold/{name}.jsonl"
    write_rows(b.path(f"gold-{name}.in.jsonl"), map(bare, rows(path)))
    b.code(b.path(f"gold-{name}.in.jsonl"), b.path(f"gold-{name}.jsonl"))
    return named(f"gold-{name}", b.figures("record.py", path, b.path(f"gold-{name}.jsonl")))


FOLDS = 5


def fold_of(record):
    return int(record["article"]["sha1"][:8], 16) % FOLDS


def folds(b):
    """The articles to learn from, each coded by the model FOLDER/fold-K.model that left its fold out.

    A fold that was coded before by the same program, tables and model is not coded again, so an interrupted run goes on. With
    some of the five models only, the figure is of their folds and its name says which.
    """
    if not b.folds:
        raise Missing("folds: no fold models given (--folds FOLDER, with FOLDER/fold-0.model to fold-4.model)")
    models = {k: os.path.join(b.folds, f"fold-{k}.model") for k in range(FOLDS)}
    there = [k for k in models if os.path.isfile(models[k])]
    if not there:
        raise Missing(f"folds: none of fold-0.model to fold-4.model is in {b.folds}")
    which = "" if len(there) == FOLDS else "-of-" + "-".join(map(str, there))
    out = []
    for name in ("modern_train", "train"):
        golds = [r for r in rows(f"{b.data}/gold/{name}.jsonl") if fold_of(r) in there]
        coded = []
        for k in there:
            coded += one_fold(b, name, k, models[k], [bare(r) for r in golds if fold_of(r) == k])
        label = f"folds-{name}{which}"
        write_rows(b.path(f"{label}.gold.jsonl"), golds)
        write_rows(b.path(f"{label}.jsonl"), coded)
        out += named(label, b.figures("record.py", b.path(f"{label}.gold.jsonl"), b.path(f"{label}.jsonl")))
    return out


def one_fold(b, name, k, model, articles):
    """Records of one fold, from an earlier run where program, tables, model and articles are the same."""
    at = b.path(f"fold-{k}-{name}")
    state = hashlib.sha256(json.dumps([stamp(b.program), stamp(model), tables_stamp(), articles]).encode()).hexdigest()
    done = f"{at}.done"
    if not (os.path.exists(done) and open(done).read() == state):
        if os.path.exists(done):
            os.remove(done)
        write_rows(f"{at}.in.jsonl", articles)
        b.code(f"{at}.in.jsonl", f"{at}.jsonl", model=model)
        with open(done, "w") as f:
            f.write(state)
    return rows(f"{at}.jsonl")


def stamp(path):
    with open(path, "rb") as f:
        return hashlib.sha256(f.read()).hexdigest()


def tables_stamp():
    """The tables of words and rules, which decide as much as the program does."""
    folder = os.environ.get("CHANCERY_DATA", os.path.join(ROOT, "data"))
    return sorted((os.path.relpath(os.path.join(d, f), folder), stamp(os.path.join(d, f))) for d, _, files in os.walk(folder) for f in files)


# ---- layer by layer


def syntax(b, bank, tokens):
    """Trees of a treebank: tokens is "gold" (those of the treebank) or "raw" (the program's own)."""
    gold_path, said = f"{b.data}/syntax/{bank}_dev.conllu", b.path(f"{bank}.{tokens}.conllu")
    if tokens == "gold":
        b.chancery("parse", "--input", "conllu", "-o", said, gold_path)
    else:
        text = b.path(f"{bank}.txt")
        with open(text, "w", encoding="utf8") as f:
            subprocess.run([sys.executable, f"{b.score}/conllu_text.py", gold_path], stdout=f, check=True)
        b.chancery("parse", "-o", said, text)
    label = f"{bank}_dev-{'gold-tokens' if tokens == 'gold' else 'raw-text'}"
    return named(label, b.figures("syntax.py", gold_path, said))


def scored(b, label, scorer, gold_path, options=()):
    b.code(gold_path, b.path(f"{label}.jsonl"), options=options)
    return named(label, b.figures(scorer, gold_path, b.path(f"{label}.jsonl")))


def times(b):
    with open(b.path("times.gold.jsonl"), "w", encoding="utf8") as out:
        for name in ("aquaint", "timebank"):
            with open(f"{b.data}/time/{name}.jsonl", encoding="utf8") as f:
                out.write(f.read())
    return scored(b, "times", "times.py", b.path("times.gold.jsonl"))


def cross_validated(b):
    """Relations and coded events by models that left the sentence out; trains them, so it needs the training programs."""
    if not os.access(os.path.join(ROOT, "build/training/chancery-train-relation"), os.X_OK):
        raise Missing("events, relation, quad, roles: need the training programs to leave folds out (script/build training)")
    if b.model:
        raise Missing("events, relation, quad, roles: train on the shipped model; --model does not apply")
    done = subprocess.run([os.path.join(ROOT, "script/development/cross_validate"), b.data, b.score], capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"cross_validate: {done.stderr.strip()[-500:]}")
    out = []
    for line in done.stdout.splitlines():
        label, _, rest = line.partition(" ")
        out += named(label, figures_of(rest))
    return out


# ---- pages


def held_out(b):
    """Every page judged by models that never saw its site: the folder of SET.jsonl. Made once a run, about two minutes."""
    folder = b.path("pages-held-out")
    with HELD_OUT:
        if b.pages is None:
            trainer = os.path.join(os.path.dirname(b.program), "chancery-train-blocks")
            if not os.access(trainer, os.X_OK):
                raise Missing(f"no {trainer} (cmake --build --preset release --target chancery-train-blocks makes it)")
            done = subprocess.run([trainer, b.data, "--held-out", folder], capture_output=True, text=True)
            if done.returncode:
                raise Failed(f"chancery-train-blocks: {done.stderr.strip()[-500:]}")
            b.pages = folder
    return b.pages


def page(b, folder, name, scorer, label):
    """Pages of data/FOLDER/NAME.jsonl by page.py; scorer is bodies or segments."""
    listed = f"{b.data}/{folder}/{name}.jsonl"
    return named(label, b.figures("page.py", scorer, listed, f"{held_out(b)}/{name}.jsonl"))


def pages_of_news(b, folder):
    """Bodies, titles, dates and authors of a folder whose one list carries them all (and no segments)."""
    listed = f"{b.data}/{folder}/{folder}.jsonl"
    out = page(b, folder, folder, "bodies", folder)
    more = b.figures("page.py", "segments", listed, f"{held_out(b)}/{folder}.jsonl")
    if folder == "modern":
        out += of_other_languages(b, listed)
    return out + named(folder, ((figure, value) for figure, value in more if not figure.startswith("segment_")))


def of_other_languages(b, listed):
    """The bodies of those pages that are not English."""
    others = b.path("modern-not-english.jsonl")
    with open(listed, encoding="utf8") as pages, open(others, "w", encoding="utf8") as out:
        out.writelines(line for line in pages if not (json.loads(line)["language"] or "").startswith("en"))
    return named("modern-not-english", b.figures("page.py", "bodies", others, f"{held_out(b)}/modern.jsonl"))


# ---- cases


def cases(b):
    """The small inputs of data/cases: how many pass. The whole list is left in cases.txt."""
    program = b.program
    if b.model:
        program = b.path("chancery-with-model")
        with open(program, "w") as f:
            f.write(f"#!/bin/sh\nexec '{b.program}' --model '{b.model}' \"$@\"\n")
        os.chmod(program, 0o755)
    done = subprocess.run([sys.executable, f"{b.data}/cases/run.py", program], capture_output=True, text=True,
                          env={**os.environ, "CASES_INPUTS": b.path("cases")})
    with open(b.path("cases.txt"), "w", encoding="utf8") as f:
        f.write(done.stdout)
    words = done.stdout.strip().splitlines()[-1].replace(",", "").split() if done.stdout.strip() else []
    if len(words) != 8 or words[0] != "pass":  # pass N partly N fail N of N
        raise Failed(f"cases: {done.stderr.strip()[-500:]}")
    return [("cases", "passed", f"{words[1]} of {words[7]}")]


# What is asked for by name; the order is that of the answers.
MEASURES = {
    "seed": [seed],
    "record": [record],
    "gold": [lambda b: gold(b, "dev"), lambda b: gold(b, "modern_dev")],
    "folds": [folds],
    "syntax-gold": [lambda b: syntax(b, "ewt", "gold"), lambda b: syntax(b, "gum", "gold")],
    "syntax-raw": [lambda b: syntax(b, "ewt", "raw"), lambda b: syntax(b, "gum", "raw")],
    "names": [lambda b: scored(b, "names-gum_dev", "names.py", f"{b.data}/names/gum_dev.jsonl"),
              lambda b: scored(b, "names-uner_ewt_dev", "names.py", f"{b.data}/names/uner_ewt_dev.jsonl")],
    "statements": [lambda b: scored(b, "statements", "statements.py", f"{b.data}/statements/dev.jsonl", ["--attributions", "all"])],
    "times": [times],
    "events": [cross_validated],
    "page": [lambda b: page(b, "page", "bodies", "bodies", "page-bodies"), lambda b: page(b, "page", "segments", "segments", "page-segments")],
    "modern": [lambda b: pages_of_news(b, "modern")],
    "newspages": [lambda b: pages_of_news(b, "newspages")],
    "cases": [cases],
}
# Names that stand for a part of another's answer.
ALSO = {"relation": "events", "quad": "events", "roles": "events"}


def take(bench, names, at_once):
    """Takes the measures of these names, `at_once` side by side, and yields (name, answers or exception) part by part, in order."""
    parts = [(name, part) for name in names for part in MEASURES[name]]
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        waiting = [(name, pool.submit(part, bench)) for name, part in parts]
        for name, answer in waiting:
            try:
                yield name, answer.result()
            except (Missing, Failed) as error:
                yield name, error
