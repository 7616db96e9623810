"""What the transformer is trained on: windows of consecutive sentences, with the labels that chancery-dump wrote.

A window is a run of whole sentences of one document whose word pieces fit; the program reads in the same windows
(src/language/transformer/windows.h). Labels that a source lacks are UNKNOWN and enter no loss.
"""
import functools
import json
import random
from pathlib import Path

import torch
from tokenizers import Tokenizer

UNKNOWN = -100
TAGGERS = ["xpos", "upos", "features", "lemma", "name", "attribution"]
# The order is the order of classes in the model.
EVENT_TYPES = ["NONE", "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
               "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
EVENT_STATUS = ["occurred", "planned", "possible", "denied", "conditional"]
STANCES = ["none", "supports", "opposes", "demands", "proposes", "offers", "accepts", "rejects", "warns"]
MENTIONS = ["none", "person", "organization", "place", "group", "event", "other"]
SECTORS = ["none", "GOV", "CVL", "PTY", "JRN", "BUS", "IGO", "MIL", "LEG", "REB", "COP", "ELI", "JUD", "EDU", "SOC", "REL",
           "NGO", "LAB", "REF", "MED", "CRM", "UAF", "SPY"]
# What the judges of the record ask of a word, in the order of classes of the model.
JUDGES = {"act": EVENT_TYPES, "status": EVENT_STATUS, "cue": ["none", "cue"], "stance": STANCES, "mention": MENTIONS,
          "sector": SECTORS}

ROLES = ["event.source", "event.target", "statement.source", "statement.content"]


class Pieces:
    """Word pieces of a word by itself, as src/language/transformer/wordpiece.h makes them. `kept`: the only pieces there are (pieces.py)."""

    def __init__(self, path, kept=None):
        described = json.loads(Path(path).read_text(encoding="utf-8"))
        described["padding"] = described["truncation"] = None
        if kept is not None:
            described["model"]["vocab"] = {p: n for p, n in described["model"]["vocab"].items() if p in kept}
        self.tokenizer, self.known = Tokenizer.from_str(json.dumps(described)), {}

    def __call__(self, form):
        if form not in self.known:
            self.known[form] = self.tokenizer.encode(form, add_special_tokens=False).ids[:12] or [100]
        return self.known[form]


def shape(form, first):
    """Case and kind of a word, twice: at the beginning of a sentence and elsewhere."""
    if form.isdigit():
        kind = 1
    elif not any(c.isalpha() for c in form):
        kind = 2
    elif form.islower():
        kind = 3
    elif form.isupper() and len(form) > 1:
        kind = 4
    elif form[0].isupper() and form[1:].islower():
        kind = 5
    elif form[0].isupper():
        kind = 6
    else:
        kind = 7
    return kind + (8 if first else 0)


ENDING_ROWS, ENDINGS = 8192, (2, 3, 4)


@functools.lru_cache(maxsize=1 << 19)
def endings(form):
    """Rows of the embeddings of a word's last two, three and four bytes, ASCII capitals made small."""
    data = bytes(c + 32 if 65 <= c <= 90 else c for c in form.encode())
    rows = []
    for length in ENDINGS:
        value = 14695981039346656037
        for c in b"ending" + data[-length:]:
            value = (value ^ c) * 1099511628211 % (1 << 64)
        rows.append(value % ENDING_ROWS)
    return rows


class Sentence:
    """Words with labels; `heads` count from 1 in the sentence, 0 is the root."""

    __slots__ = ("forms", "labels", "heads", "relations", "paragraph", "extra")

    def __init__(self, paragraph):
        self.forms, self.labels, self.heads, self.relations = [], [], [], []
        self.paragraph, self.extra = paragraph, None


def load_corpus(path):
    """The file of `chancery-dump corpus`: labels by tagger, and for each part its documents (id, list of sentences)."""
    labels, parts = {}, {}
    documents, sentence, paragraph = None, None, False
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# labels "):
            name, *values = line[9:].split("\t")
            labels[name] = values
        elif line.startswith("# part "):
            documents = parts.setdefault(line[7:], [])
        elif line.startswith("# document "):
            documents.append((line[11:], []))
        elif line == "# paragraph":
            paragraph = True
        elif not line:
            if sentence is not None:
                documents[-1][1].append(sentence)
            sentence = None
        else:
            form, *numbers = line.split("\t")
            if sentence is None:
                sentence, paragraph = Sentence(paragraph or not documents[-1][1]), False
            numbers = [int(n) for n in numbers]
            sentence.forms.append(form)
            sentence.labels.append(numbers[:6])
            sentence.heads.append(numbers[6])
            sentence.relations.append(numbers[7])
    return labels, parts


def fold_of(article):
    return int(article["sha1"][:8], 16) % 5


def numbered(labels):
    """The numbers of labels by tagger and relation, for grammar() to ask."""
    return {name: {label: n for n, label in enumerate(values)} for name, values in labels.items()}


def grammar(made, begin, end, numbers):
    """(labels, heads, relations) of the tokens of a sentence as the program's fast model parsed them; heads in other sentences are not known.
    What a network is taught of records alone may spoil what it knew of the grammar of the same words: this keeps it."""
    number = lambda name, value: numbers[name].get(value, UNKNOWN)
    rows, heads, relations = [], [], []
    for i in range(begin, end):
        rows.append([number("xpos", made["xpos"][i]), number("upos", made["upos"][i]), number("features", made["features"][i]), UNKNOWN, UNKNOWN, UNKNOWN])
        head = made["heads"][i]
        known = head < 0 or begin <= head < end
        heads.append(UNKNOWN if not known else 0 if head < 0 else head - begin + 1)
        relations.append(number("relation", made["relations"][i]) if known else UNKNOWN)
    return rows, heads, relations


def load_records(gold_path, tokens_path, folds, numbers=None):
    """Gold records of the folds as documents, with the labels of JUDGES and the words in ROLES; with `numbers`, their grammar too."""
    documents = []
    for gold_line, token_line in zip(open(gold_path, encoding="utf-8"), open(tokens_path, encoding="utf-8")):
        gold, made = json.loads(gold_line), json.loads(token_line)
        assert gold["article"]["id"] == made["id"], (gold["article"]["id"], made["id"])
        if fold_of(gold["article"]) in folds:
            documents.append(record_sentences(gold, made, numbers))
    return documents


def ids_in_fold(gold_paths, fold):
    articles = (json.loads(line)["article"] for path in gold_paths for line in open(path, encoding="utf-8"))
    return {a["id"] for a in articles if fold_of(a) == fold}


def words_in(tokens, spans):
    return [i for i, (b, e) in enumerate(tokens) for s in spans if b < s[1] and e > s[0]]


def head_of(words, heads):
    """The word of a phrase whose head lies outside."""
    inside = set(words)
    return next((i for i in words if heads[i] not in inside), None)


def word_labels(gold, made):
    """A label a token for each of JUDGES, and the links of acts and cues: the words of each, and by number of role those of their sides."""
    tokens, heads = made["tokens"], made["heads"]
    labels = {name: [0] * len(tokens) for name in JUDGES}
    labels["status"] = [UNKNOWN] * len(tokens)
    links = []
    for event in gold["events"]:
        trigger = words_in(tokens, [event["trigger"]])
        if not trigger:
            continue
        for i in trigger:
            labels["act"][i] = EVENT_TYPES.index(event["type"])
            labels["status"][i] = EVENT_STATUS.index(event["status"])
        links.append((trigger, {0: words_in(tokens, event["source_words"]), 1: words_in(tokens, event["target_words"])}))
    for statement in gold["statements"]:
        cue = words_in(tokens, statement["cue"])
        for i in cue:
            labels["cue"][i] = 1
        if cue:
            links.append((cue, {2: words_in(tokens, statement["source"]), 3: words_in(tokens, statement["content"])}))
    for position in gold["positions"]:
        for number, span in enumerate(position["content"]):
            head = head_of(words_in(tokens, [span]), heads)
            if head is not None:
                # Of a content in parts the first carries the stance; the others need not.
                labels["stance"][head] = UNKNOWN if number else STANCES.index(position["stance"])
    for i in made["pronouns"]:
        labels["mention"][i] = labels["sector"][i] = UNKNOWN
    for entity in gold["entities"]:
        sector = entity.get("actor", {}).get("sector", "none")
        for span in entity["mentions"]:
            head = head_of(words_in(tokens, [span]), heads)
            if head is not None:
                labels["mention"][head] = MENTIONS.index(entity["kind"])
                labels["sector"][head] = SECTORS.index(sector) if sector in SECTORS else UNKNOWN
    return labels, links


class Told:
    """Of a sentence that tells an act, which word tells it is not marked: the types of which one is told (numbers of classes), the words of
    its source and target, or that nothing is done there."""

    def __init__(self, row, tokens):
        self.types = [EVENT_TYPES.index(t) for t in row["types"]]
        self.source, self.target = words_in(tokens, row["source"]), words_in(tokens, row["target"])
        self.idle = row["idle"]


def load_told(rows_path, tokens_path):
    """The rows of sentences.py, one document each."""
    documents = []
    for row_line, token_line in zip(open(rows_path, encoding="utf-8"), open(tokens_path, encoding="utf-8")):
        row, made = json.loads(row_line), json.loads(token_line)
        assert row["article"]["id"] == made["id"], (row["article"]["id"], made["id"])
        nothing = {name: [UNKNOWN] * len(made["tokens"]) for name in JUDGES}
        documents.append(unlabelled(row["article"]["text"], made, nothing, Told(row, made["tokens"])))
    return documents


def load_unread(rows_path, tokens_path, numbers=None):
    """The rows of unread.py: words without any labels but those of grammar, where `numbers` asks for them."""
    documents = []
    for row_line, token_line in zip(open(rows_path, encoding="utf-8"), open(tokens_path, encoding="utf-8")):
        row, made = json.loads(row_line), json.loads(token_line)
        assert row["article"]["id"] == made["id"], (row["article"]["id"], made["id"])
        nothing = {name: [UNKNOWN] * len(made["tokens"]) for name in JUDGES}
        documents.append(unlabelled(row["article"]["text"], made, nothing, [], (), numbers))
    return documents


def mentions_of(gold, made):
    """(first word, word behind, head, number of the actor) of each mention of an actor, in order; pronouns by the words of speakers and of the sides of acts."""
    told = {tuple(m): e["id"] for e in gold["entities"] for m in e["mentions"]}
    for event in gold["events"]:
        for side in ("source", "target"):
            who = event[side] if isinstance(event[side], list) else [event[side]]
            told |= {tuple(m): i for m, i in zip(event[side + "_words"], who) if i and tuple(m) not in told}
    told |= {tuple(s["source"][0]): s["speaker"] for s in gold["statements"] if s["source"] and s["speaker"] and tuple(s["source"][0]) not in told}
    numbers, out = {e["id"]: n for n, e in enumerate(gold["entities"])}, {}
    for span, actor in told.items():
        words = words_in(made["tokens"], [span])
        head = head_of(words, made["heads"])
        if head is not None and actor in numbers:
            out[head] = (words[0], words[-1] + 1, head, numbers[actor])
    return [out[head] for head in sorted(out)]


def record_sentences(gold, made, numbers=None):
    return unlabelled(gold["article"]["text"], made, *word_labels(gold, made), mentions_of(gold, made), numbers)


def unlabelled(text, made, labels, links, mentions=(), numbers=None):
    """The sentences of a text whose grammar no treebank has; `links` and `mentions` go with each."""
    tokens = made["tokens"]
    starts = made["sentences"] + [len(tokens)]
    paragraphs = set(made["paragraphs"])
    out = []
    for begin, end in zip(starts, starts[1:]):
        s = Sentence(begin in paragraphs)
        s.forms = [text[b:e] for b, e in tokens[begin:end]]
        n = end - begin
        s.labels, s.heads, s.relations = grammar(made, begin, end, numbers) if numbers else ([[UNKNOWN] * 6] * n, [UNKNOWN] * n, [UNKNOWN] * n)
        s.extra = (begin, {name: values[begin:end] for name, values in labels.items()}, links, mentions)
        out.append(s)
    return out


class Window:
    """Numbers of one window, ready for a batch."""

    __slots__ = ("ids", "owner", "shapes", "endings", "labels", "heads", "relations", "begins", "sentence", "judged", "links",
                 "kind", "first", "mentions")


def make_window(sentences, before, pieces, kind):
    """`before`: the last word before the window, or None at the beginning of a document."""
    w = Window()
    w.kind = kind
    w.ids, w.owner, w.shapes, w.labels, w.heads, w.relations, w.begins, w.sentence = [101], [], [], [], [], [], [], []
    w.endings, w.judged, w.links, w.mentions = [], {name: [] for name in JUDGES}, [], []
    word = 0
    first_token = w.first = sentences[0].extra[0] if sentences[0].extra else 0
    for number, s in enumerate(sentences):
        offset = word
        for k, form in enumerate(s.forms):
            first = before is None or before in (".", "!", "?") or (k == 0 and s.paragraph)
            w.shapes.append(shape(form, first))
            w.endings.append(endings(form))
            for piece in pieces(form):
                w.ids.append(piece)
                w.owner.append(word)
            # Where a paragraph begins a sentence begins: nothing to learn there.
            w.begins.append(UNKNOWN if k == 0 and s.paragraph else int(k == 0))
            w.labels.append(s.labels[k])
            # Column 0 is the root, column j + 1 the word j of the window.
            head = s.heads[k]
            w.heads.append(UNKNOWN if head < 0 else 0 if head == 0 else offset + head)
            w.relations.append(s.relations[k])
            w.sentence.append(number)
            before = form
            word += 1
        if s.extra:
            for name in JUDGES:
                w.judged[name] += s.extra[1][name]
    if kind in ("record", "told", "unread"):
        w.begins = [UNKNOWN] * word  # sentences by rule teach no boundary
    if kind == "told":
        w.links = sentences[0].extra[2]
    if kind == "record":
        for begin, end, head, actor in sentences[0].extra[3]:
            if first_token <= begin and end <= first_token + word:
                w.mentions.append((begin - first_token, end - first_token, head - first_token, actor))
        inside = lambda part: [i - first_token for i in part if first_token <= i < first_token + word]
        for trigger, sides in sentences[0].extra[2]:
            here = inside(trigger)
            for role, words in sides.items() if here else ():
                w.links.append((here, role, inside(words)))
    w.ids.append(102)
    return w


# Pieces of a window (kPacked of src/language/transformer/windows.h), and the bounds that training varies among.
PACKED, BOUNDS = 400, [80, 200, 400, 400, 400]


def windows(documents, pieces, kind, most=PACKED, vary=None):
    """Runs of whole sentences of at most `most` pieces; `vary`, a random.Random, varies that bound."""
    out = []
    for document in documents:
        run, size, before, last = [], 0, None, None
        bound = most if vary is None else vary.choice(BOUNDS)
        for s in document:
            n = sum(len(pieces(f)) for f in s.forms)
            if n > 400:
                if run:
                    out.append(make_window(run, before, pieces, kind))
                run, size, before = [], 0, s.forms[-1]
                last = s.forms[-1]
                continue
            if run and size + n > bound:
                out.append(make_window(run, before, pieces, kind))
                run, size, before = [], 0, last
                bound = most if vary is None else vary.choice(BOUNDS)
            run.append(s)
            size += n
            last = s.forms[-1]
        if run:
            out.append(make_window(run, before, pieces, kind))
    return out


def groups(all_windows, size, rng):
    """Batches of windows of one kind and about the same length, at most `size` pieces with padding."""
    out = []
    for kind in sorted({w.kind for w in all_windows}):
        ordered = sorted((w for w in all_windows if w.kind == kind), key=lambda w: len(w.ids) + rng.random() * 8)
        batch, longest = [], 0
        for w in ordered:
            n = max(longest, len(w.ids))
            if batch and n * (len(batch) + 1) > size:
                out.append(batch)
                batch, n = [], len(w.ids)
            batch.append(w)
            longest = n
        if batch:
            out.append(batch)
    rng.shuffle(out)
    return out


def tensors(batch):
    """A batch as padded tensors: pieces [B,P], words [B,W]."""
    rows, pieces, words = len(batch), max(len(w.ids) for w in batch), max(len(w.shapes) for w in batch)
    full = lambda value, *shape_: torch.full((rows, *shape_), value, dtype=torch.long)
    b = {"ids": full(0, pieces), "mask": torch.zeros(rows, pieces, dtype=torch.bool),
         "pool": torch.zeros(rows, words, pieces), "shapes": full(0, words),
         "endings": full(0, words, len(ENDINGS)), "labels": full(UNKNOWN, words, 6),
         "heads": full(UNKNOWN, words), "relations": full(UNKNOWN, words), "begins": full(UNKNOWN, words),
         "sentence": full(-1, words)}
    kind = batch[0].kind
    if kind == "record":
        b |= {name: full(UNKNOWN, words) for name in JUDGES}
    for r, w in enumerate(batch):
        n, m = len(w.ids), len(w.shapes)
        b["ids"][r, :n] = torch.tensor(w.ids)
        b["mask"][r, :n] = True
        share = [0] * m
        for word in w.owner:
            share[word] += 1
        owner = torch.tensor(w.owner)
        b["pool"][r, owner, torch.arange(1, n - 1)] = 1.0 / torch.tensor(share, dtype=torch.float)[owner]
        for name in ("shapes", "endings", "labels", "heads", "relations", "begins", "sentence"):
            b[name][r, :m] = torch.tensor(getattr(w, name))
        if kind == "record":
            for name in JUDGES:
                b[name][r, :m] = torch.tensor(w.judged[name])
    if kind == "record":
        b |= link_tensors(batch, words) | mention_tensors(batch, words)
    if kind == "told":
        b |= told_tensors(batch, words)
    return b


def link_tensors(batch, words):
    """Of each act and cue of a row: the share of each of its words, [rows, most, words]; which words are its side in each role, [rows, roles,
    most, words], and of which roles that is known, [rows, roles, most]."""
    acts = [sorted({tuple(anchor) for anchor, _, _ in w.links}) for w in batch]
    most = max(1, max(map(len, acts)))
    b = {"anchor": torch.zeros(len(batch), most, words), "side": torch.zeros(len(batch), len(ROLES), most, words),
         "asked": torch.zeros(len(batch), len(ROLES), most, dtype=torch.bool)}
    for row, w in enumerate(batch):
        for number, anchor in enumerate(acts[row]):
            b["anchor"][row, number, list(anchor)] = 1 / len(anchor)
        for anchor, role, side in w.links:
            number = acts[row].index(tuple(anchor))
            b["asked"][row, role, number] = True
            b["side"][row, role, number, side] = 1
    return b


def mention_tensors(batch, words):
    """Of each mention of a row: its head, the share of each of its words, and the number of its actor; -1 where there is none."""
    most = max(1, max(len(w.mentions) for w in batch))
    b = {"mention_head": torch.zeros(len(batch), most, dtype=torch.long), "mention_words": torch.zeros(len(batch), most, words),
         "mention_actor": torch.full((len(batch), most), -1, dtype=torch.long)}
    for row, w in enumerate(batch):
        for number, (begin, end, head, actor) in enumerate(w.mentions):
            b["mention_head"][row, number], b["mention_actor"][row, number] = head, actor
            b["mention_words"][row, number, begin:end] = 1 / (end - begin)
    return b


def told_tensors(batch, words):
    """Of rows of Told: the types of which one is told, whether nothing is done, and the words of source and target."""
    b = {"told_types": torch.zeros(len(batch), len(EVENT_TYPES), dtype=torch.bool), "told_idle": torch.zeros(len(batch), dtype=torch.bool),
         "told_sides": torch.zeros(len(batch), 2, words)}
    for row, w in enumerate(batch):
        told = w.links
        b["told_types"][row, told.types] = True
        b["told_idle"][row] = told.idle
        b["told_sides"][row, 0, told.source] = 1
        b["told_sides"][row, 1, told.target] = 1
    return b
