"""The network of src/language/transformer in PyTorch: BERT's layers, word states, and the heads of src/language/network.h."""
import re

import torch
from torch import nn
from torch.nn import functional as F

from data import ENDING_ROWS, EVENT_TYPES, JUDGES, ROLES, TAGGERS, UNKNOWN

WIDTH, HEADS, INNER, MIXED = 384, 12, 1536, 4
SHAPE, ENDING, JUDGE, ROLE, SAME = 32, 64, 256, 128, 96


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask):
        rows, length, _ = x.shape
        if x.is_cuda:
            apart = lambda y: y.view(rows, length, HEADS, -1).transpose(1, 2)
            fused = F.scaled_dot_product_attention(apart(self.query(x)), apart(self.key(x)), apart(self.value(x)),
                                                   mask.view(rows, HEADS, 1, length).to(torch.bfloat16))
            return self.rest(x, fused.transpose(1, 2).flatten(2))
        # Written out: on processors the gradient of PyTorch's fused attention takes a third of all training.
        split = lambda y: y.view(rows, length, HEADS, -1).transpose(1, 2).reshape(rows * HEADS, length, -1)
        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = torch.baddbmm(mask.to(query.dtype), query, key.transpose(1, 2), alpha=(WIDTH // HEADS) ** -0.5)
        with torch.autocast("cpu", enabled=False):
            weights = torch.softmax(scores, -1)
        return self.rest(x, torch.bmm(weights, value).view(rows, HEADS, length, -1).transpose(1, 2).flatten(2))

    def rest(self, x, seen):
        x = self.norm1(x + self.drop(self.out(seen)))
        return self.norm2(x + self.drop(self.outer(F.gelu(self.inner(x)))))


def layers_of(weights):
    """How many layers an encoder has, by the names of its tensors: of the pre-trained one or of ours."""
    return 1 + max(int(found[1]) for found in (re.search(r"encoder\.layers?\.(\d+)\.", name) for name in weights) if found)


class Encoder(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.words, self.positions = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH)
        self.norm, self.layers = nn.LayerNorm(WIDTH, 1e-12), nn.ModuleList(Layer() for _ in range(layers))
        self.mix = nn.Parameter(torch.zeros(MIXED))
        self.shapes, self.endings = nn.Embedding(16, SHAPE), nn.Embedding(ENDING_ROWS, ENDING)
        self.input = nn.Linear(WIDTH + SHAPE + ENDING, WIDTH)
        self.drop = nn.Dropout(0.1)

    def load_pretrained(self, weights):
        """`weights`: the tensors of a pre-trained BERT by their names there. The one token type is added to the positions."""
        prefix = "" if "embeddings.word_embeddings.weight" in weights else "bert."
        get = lambda name: weights[prefix + name].float()
        self.words.weight.data = get("embeddings.word_embeddings.weight")
        self.positions.weight.data = (get("embeddings.position_embeddings.weight")
                                      + get("embeddings.token_type_embeddings.weight")[0])

        def linear(module, name):
            module.weight.data, module.bias.data = get(name + ".weight"), get(name + ".bias")

        linear(self.norm, "embeddings.LayerNorm")
        for i, layer in enumerate(self.layers):
            at = f"encoder.layer.{i}."
            for module, name in ((layer.query, "attention.self.query"), (layer.key, "attention.self.key"),
                                 (layer.value, "attention.self.value"), (layer.out, "attention.output.dense"),
                                 (layer.norm1, "attention.output.LayerNorm"), (layer.inner, "intermediate.dense"),
                                 (layer.outer, "output.dense"), (layer.norm2, "output.LayerNorm")):
                linear(module, at + name)

    def forward(self, b):
        x = self.drop(self.norm(self.words(b["ids"]) + self.positions.weight[:b["ids"].shape[1]]))
        # [rows × heads, 1, pieces]: what is added to the scores of pieces that are none.
        mask = torch.where(b["mask"], 0.0, -1e4).repeat_interleave(HEADS, 0)[:, None, :]
        last = []
        for number, layer in enumerate(self.layers):
            x = layer(x, mask)
            if number >= len(self.layers) - MIXED:
                last.append(x)
        mix = torch.softmax(self.mix, 0)
        x = sum(mix[i] * y for i, y in enumerate(last))
        words = torch.bmm(b["pool"].to(x.dtype), x)
        form = torch.cat([self.shapes(b["shapes"]), self.endings(b["endings"]).sum(2)], -1)
        return F.gelu(self.input(torch.cat([words, self.drop(form).to(words.dtype)], -1)))


class Judges(nn.Module):
    """What the record asks of words, over the states of any encoder."""

    def add_judges(self, width):
        self.judge_hidden = nn.Linear(width, JUDGE)
        self.judges = nn.ModuleDict({name: nn.Linear(JUDGE, len(classes)) for name, classes in JUDGES.items()})
        self.anchor, self.role = nn.Linear(width, ROLE), nn.Linear(width, ROLE * len(ROLES))
        self.role_matrix = nn.Parameter(torch.randn(len(ROLES), ROLE + 1, ROLE + 1) * 0.01)

    def roles(self, x, anchor):
        """[B,roles,N,W]: how much each word is in each role of acts or cues; `anchor` [B,N,W] has the share of each word of each of the N."""
        one = lambda v: torch.cat([v, torch.ones_like(v[..., :1])], -1)
        t = anchor.to(x.dtype) @ one(F.gelu(self.anchor(x)))
        a = one(F.gelu(self.role(x)).view(*x.shape[:2], len(ROLES), ROLE))
        return torch.einsum("bknj,bwkj->bknw", torch.einsum("bni,kij->bknj", t, self.role_matrix.to(t.dtype)), a).float()

    def judged(self, x):
        """Scores [B,W,classes] of each judge."""
        hidden = F.dropout(F.gelu(self.judge_hidden(x)), JUDGE_DROPOUT, self.training)
        return {name: judge(hidden) for name, judge in self.judges.items()}


class Network(Judges):
    """All heads; `labels` as load_corpus gives them."""

    def __init__(self, labels, layers, arc=256, relation=256):
        super().__init__()
        self.encoder = Encoder(layers)
        self.drop, self.drop_hidden = nn.Dropout(0.25), nn.Dropout(0.3)
        self.arc_dependent, self.arc_head = nn.Linear(WIDTH, arc), nn.Linear(WIDTH, arc)
        self.arc_matrix = nn.Parameter(torch.randn(arc, arc) * 0.02)
        self.arc_bias = nn.Parameter(torch.zeros(arc))
        self.arc_root = nn.Parameter(torch.randn(arc) * 0.1)
        self.relation_dependent, self.relation_head = nn.Linear(WIDTH, relation), nn.Linear(WIDTH, relation)
        self.relation_root = nn.Parameter(torch.randn(relation) * 0.1)
        self.relation_out = nn.Linear(relation, len(labels["relation"]))
        self.taggers = nn.ModuleDict({name: nn.Linear(WIDTH, len(labels[name])) for name in TAGGERS})
        self.boundary = nn.Linear(WIDTH, 2)
        self.add_judges(WIDTH)
        # Whom a mention means, for training alone: the program's scorer is learnt afterwards on the states (coreference.py).
        self.same_later, self.same_earlier = nn.Linear(2 * WIDTH, SAME), nn.Linear(2 * WIDTH, SAME)
        self.same_parts, self.same_out, self.same_none = nn.Linear(3 * SAME, SAME), nn.Linear(SAME, 1), nn.Linear(SAME, 1)

    def same(self, x, b):
        """[B, mentions, mentions + 1]: the score of each earlier mention of a row and, last, of none, over the states of its words."""
        there = b["mention_actor"] >= 0
        heads = torch.gather(x, 1, b["mention_head"][..., None].expand(-1, -1, x.shape[-1]))
        told = torch.cat([heads, b["mention_words"].to(x.dtype) @ x], -1)
        p, q = (self.drop_hidden(F.relu(layer(told))) for layer in (self.same_later, self.same_earlier))
        n = p.shape[1]
        p, q = p[:, :, None].expand(-1, -1, n, -1), q[:, None].expand(-1, n, -1, -1)
        scores = self.same_out(F.relu(self.same_parts(torch.cat([p, q, p * q], -1))))[..., 0].float()
        earlier = torch.ones(n, n, dtype=torch.bool, device=x.device).tril(-1) & there[:, None]
        return torch.cat([scores.masked_fill(~earlier, -1e9), self.same_none(p[:, :, 0]).float()], 2)

    def states(self, b):
        return self.drop(self.encoder(b))

    def arcs(self, x, sentence):
        """[B,W,W+1]; column 0 is the root; only words of the same sentence."""
        d = self.drop_hidden(F.relu(self.arc_dependent(x)))
        h = self.drop_hidden(F.relu(self.arc_head(x)))
        h = torch.cat([self.arc_root.to(h.dtype).expand(len(x), 1, -1), h], 1)
        scores = (d @ self.arc_matrix.to(d.dtype) @ h.transpose(1, 2)).float() + (h @ self.arc_bias.to(h.dtype)).float()[:, None]
        same = (sentence[:, :, None] == sentence[:, None, :]) & (sentence >= 0)[:, :, None]
        allowed = F.pad(same, (1, 0), value=True)
        own = torch.arange(x.shape[1], device=x.device)
        allowed[:, own, own + 1] = False
        return scores.masked_fill(~allowed, -1e9)

    def relations(self, x, heads):
        h = torch.cat([self.relation_root.to(x.dtype).expand(len(x), 1, -1), self.relation_head(x)], 1)
        h = torch.gather(h, 1, heads.clamp(min=0)[..., None].expand(-1, -1, h.shape[-1]))
        return self.relation_out(self.drop_hidden(F.relu(self.relation_dependent(x) + h))).float()


def cross_entropy(scores, gold, weight=None, smoothing=0.0):
    """Mean over what is known; nothing where nothing is."""
    weight = weight if weight is None else weight.to(scores.device)
    known = gold != UNKNOWN
    counted = known.sum() if weight is None else (weight[gold.clamp(min=0)] * known).sum()
    return F.cross_entropy(scores.float().flatten(0, 1), gold.flatten(), weight=weight, ignore_index=UNKNOWN, reduction="sum",
                           label_smoothing=smoothing) / counted.clamp(min=1e-9)


TAGGER_WEIGHTS = {"xpos": 0.4, "upos": 0.5, "features": 0.4, "lemma": 1.2, "name": 0.8, "attribution": 0.4}
JUDGE_WEIGHTS = {"act": 3.0, "status": 0.7, "cue": 3.0, "stance": 3.0, "mention": 1.0, "sector": 0.6}
# A few hundred articles are seen many times over: what is learnt by heart must not come out as sure.
JUDGE_DROPOUT, JUDGE_SMOOTHING = 0.4, 0.04
# Most words are nothing: acts are found rather than missed.
ACT_WEIGHTS = torch.tensor([0.6] + [1.0] * (len(JUDGES["act"]) - 1))
STANCE_WEIGHTS = torch.tensor([0.6] + [1.0] * (len(JUDGES["stance"]) - 1))


class Teachers:
    """What some finished trainings say of a batch: the mean of their probabilities."""

    def __init__(self, networks):
        self.networks, self.read, self.read_states = networks, None, None

    @torch.no_grad()
    def answers(self, b):
        """Probabilities of classes by judge."""
        judged = [network.judged(x) for network, x in zip(self.networks, self.states(b))]
        return {name: sum(one[name].float().softmax(-1) for one in judged) / len(judged) for name in judged[0]}

    @torch.no_grad()
    def roles(self, b, anchor):
        """Probabilities of roles, as of Judges.roles."""
        return sum(torch.sigmoid(network.roles(x, anchor)) for network, x in zip(self.networks, self.states(b))) / len(self.networks)

    def states(self, b):
        """Of the last batch that was asked of they are kept."""
        if self.read is not b:
            self.read, self.read_states = b, [network.states(b) for network in self.networks]
        return self.read_states

    @torch.no_grad()
    def parse(self, b):
        """b with the tags and trees of the first of them, where b has none."""
        network, known = self.networks[0], b["sentence"] >= 0
        x = network.states(b)
        heads = network.arcs(x, b["sentence"]).argmax(-1)
        labels = b["labels"].clone()
        for number, name in enumerate(TAGGERS):
            if name in KEPT_TAGGERS:
                labels[..., number] = torch.where(known, network.taggers[name](x).argmax(-1), UNKNOWN)
        relations = network.relations(x, heads).argmax(-1)
        return b | {"heads": torch.where(known, heads, UNKNOWN), "relations": torch.where(known, relations, UNKNOWN), "labels": labels}


def loss_of(network, b, kind, teachers=None, grammarian=None):
    """The sum of the losses of all heads that this kind of window teaches; of unread ones `teachers` say what is right, and of what no
    treebank has `grammarian`, if given, how it is parsed."""
    x = network.states(b)
    if grammarian and kind in ("record", "unread"):
        b = grammarian.parse(b)
    if kind == "unread":
        return unread_loss(network, x, teachers, b) + kept_loss(network, x, b)
    if kind == "record":
        return record_loss(network, x, b) + kept_loss(network, x, b)
    if kind == "told":
        return told_loss(network, x, teachers, b)
    loss = 0.5 * cross_entropy(network.boundary(x), b["begins"])
    if kind == "gold":
        loss = loss + cross_entropy(network.arcs(x, b["sentence"]), b["heads"])
        loss = loss + cross_entropy(network.relations(x, b["heads"]), b["relations"])
    # Silver news teaches names and attributions alone: its trees are worse than ours.
    for number, name in enumerate(TAGGERS):
        if kind == "gold" or name in ("name", "attribution"):
            weight = TAGGER_WEIGHTS[name] * (0.4 if kind == "silver" and name == "name" else 1.0)
            loss = loss + weight * cross_entropy(network.taggers[name](x), b["labels"][..., number])
    return loss


# How much the grammar of annotated and unread articles weighs, as a model knows it that was never taught records: without it the words that
# tell acts lose their tags and their place in the tree ("condemned" a plural in the present), though the treebanks' words do not.
KEPT_TAGS, KEPT_TREES = 0.5, 0.3
KEPT_TAGGERS = ("xpos", "upos", "features")


def kept_loss(network, x, b):
    if not (b["heads"] != UNKNOWN).any():
        return x.sum() * 0.0
    trees = cross_entropy(network.arcs(x, b["sentence"]), b["heads"]) + cross_entropy(network.relations(x, b["heads"]), b["relations"])
    tags = sum(cross_entropy(network.taggers[name](x), b["labels"][..., number]) for number, name in enumerate(TAGGERS)
               if name in KEPT_TAGGERS)
    return KEPT_TAGS * tags + KEPT_TREES * trees


# What whom a mention means weighs beside the judges.
SAME_WEIGHT = 0.6


def mentioned_before(actor):
    """Of the actors of mentions [rows, most], -1 where there is none: which of them are asked for whom they mean (those of rows with two or more), and
    [rows, most, most + 1] whom rightly: an earlier one of the same actor or, last, none."""
    there = actor >= 0
    right = (actor[:, :, None] == actor[:, None]) & there[:, None] & torch.ones_like(actor[0, :, None] == actor[0]).tril(-1)
    return there & (there.sum(1, keepdim=True) > 1), torch.cat([right, ~right.any(2, keepdim=True)], 2)


def same_loss(network, x, b):
    """Of each mention of an actor, that some earlier one of the window is the same actor's, or none is."""
    there, right = mentioned_before(b["mention_actor"])
    if not there.any():
        return x.sum() * 0.0
    likely = network.same(x, b).log_softmax(2)
    return -torch.logsumexp(likely.masked_fill(~right, -1e9), 2)[there].mean()


# How much more a word that is a side weighs than one that is none; contents are long.
SIDE_WEIGHT, CONTENT_WEIGHT = 3.0, 1.0


def record_loss(network, x, b):
    loss = 0
    for name, scores in network.judged(x).items():
        weights = {"act": ACT_WEIGHTS, "stance": STANCE_WEIGHTS}.get(name)
        loss = loss + JUDGE_WEIGHTS[name] * cross_entropy(scores, b[name], weights, JUDGE_SMOOTHING)
    if isinstance(network, Network):
        loss = loss + SAME_WEIGHT * same_loss(network, x, b)
    known = (b["sentence"] >= 0).float()[:, None, None]
    weight = torch.full((len(ROLES), 1, 1), SIDE_WEIGHT, device=x.device)
    weight[ROLES.index("statement.content")] = CONTENT_WEIGHT
    apart = F.binary_cross_entropy_with_logits(network.roles(x, b["anchor"]), b["side"], pos_weight=weight, reduction="none")
    apart = (apart * known).sum(-1) / known.sum(-1)
    return loss + 1.5 * (apart * b["asked"]).sum() / b["asked"].sum().clamp(min=1)


# What a sentence in which nothing is done may still tell: statements and appeals.
TALK = [EVENT_TYPES.index("CONSULT"), EVENT_TYPES.index("REQUEST")]
# From what the teacher says of the likeliest word on it counts in full.
TRUSTED_FROM = 0.2


def told_loss(network, x, teachers, b):
    """Of acts whose word is not marked: the teachers' answers, set right by what is known. The word that they find likeliest to tell one of the
    types tells it, and its sides are as seen from there; all other words are what they say of them, which keeps acts out of words beside the one."""
    known = b["sentence"] >= 0
    want = teachers.answers(b)["act"]
    rows, length = torch.arange(len(want), device=x.device), known.float().sum(1)
    # Nothing is done: what is left is talk.
    quiet = torch.zeros_like(want)
    quiet[..., [0, *TALK]] = want[..., [0, *TALK]] / want[..., [0, *TALK]].sum(-1, keepdim=True)
    # One of some types is told: by the word that fits best.
    types = b["told_types"].float()
    fits = (want * types[:, None]).sum(-1).masked_fill(~known, -1)
    sure, word = fits.max(1)
    typed = b["told_types"].any(1) & ~b["told_idle"]
    own = want[rows, word] * types / sure.clamp(min=1e-9)[:, None]
    chosen = F.one_hot(word, want.shape[1]).bool() & typed[:, None]
    want = torch.where(b["told_idle"][:, None, None], quiet, torch.where(chosen[..., None], own[:, None], want))
    weights = torch.where(chosen, 3 * (sure / TRUSTED_FROM).clamp(0.05, 1)[:, None], 1.0)
    likely = network.judged(x)["act"].float().log_softmax(-1)
    loss = (-(want * likely).sum(-1) * weights * known).sum(1) / length
    # Its sides, where some are told.
    word = torch.where(typed, word, (1 - want[..., 0]).masked_fill(~known, -1).argmax(1))
    asked = ~b["told_idle"] & b["told_sides"].any(2).any(1)
    sides = network.roles(x, F.one_hot(word, want.shape[1])[:, None])[:, :2, 0]
    apart = F.binary_cross_entropy_with_logits(sides, b["told_sides"], pos_weight=torch.tensor(SIDE_WEIGHT, device=x.device), reduction="none")
    apart = (apart * known[:, None]).sum(2) / length[:, None]
    return (loss + 0.5 * apart.sum(1) * asked).mean()


# How sure the teachers must be of an act or a cue to be asked for its words, and of how many a window.
ASKED_FROM, ASKED = 0.3, 12


def unread_loss(network, x, teachers, b):
    """How far the judges are from the teachers', as probabilities: what they say of articles that they have not read is as sure as it may be."""
    answers = teachers.answers(b)
    known, loss = b["sentence"] >= 0, 0
    for name, scores in network.judged(x).items():
        distance = -(answers[name] * scores.float().log_softmax(-1)).sum(-1)
        weight = (1 - answers["act"][..., 0]) * known if name == "status" else known.float()
        loss = loss + JUDGE_WEIGHTS[name] * (distance * weight).sum() / weight.sum().clamp(min=1)
    sides = 0
    for of, nothing in (("event", answers["act"][..., 0]), ("statement", answers["cue"][..., 0])):
        sure, word = ((1 - nothing) * known).topk(min(ASKED, known.shape[1]), 1)
        anchor, its = F.one_hot(word, known.shape[1]), [number for number, name in enumerate(ROLES) if name.startswith(of + ".")]
        apart = F.binary_cross_entropy_with_logits(network.roles(x, anchor)[:, its], teachers.roles(b, anchor)[:, its], reduction="none")
        have = known[:, None] & (sure > ASKED_FROM)[..., None]
        sides = sides + (apart * have[:, None]).sum() / (have.sum() * len(its)).clamp(min=1)
    return loss + 1.5 * sides / 2
