"""The branch for deeds: what one marked actor of a sentence does to another, one of PLOVER's types or nothing.

It learns from PLV and from sentences of our own, which follow the manual; where PLV decides otherwise (a conviction is
an accusation there), the mark at the first piece tells it by whose rules to judge.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from detente.language import dyads
from detente.language.dyads import DEEDS, NOTHING, PLAIN, PLV
from detente.language.encoder import Ints
from training import corpus
from training.model import Deeds, Encoder, narrowed, padding

PASSES: Final = 5
OFTEN: Final = 2
"""How often each of PLV's sentences is shown in a pass: there are few."""
BATCH: Final = 24
RATE: Final = 2e-4
NEW_RATE: Final = 1e-3
LAYER_DECAY: Final = 0.9
SMOOTHED: Final = 0.05
TURNED: Final = 0.25
"""Share of the one-sided deeds that are also shown with source and target changed over, as nothing."""
SEED: Final = 4

_MUTUAL: Final = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT", "NONE"})
"""Types whose deed may be done in both directions."""
_MERGED: Final = {"YIELD": ("CONCEDE", "RETREAT")}
"""PLV's types that stand for two."""


@dataclass(frozen=True)
class Example:
    """One sentence with a marked pair."""

    pieces: Ints
    features: Ints
    roles: Ints
    types: tuple[int, ...]
    """Any of these is right; numbers in `DEEDS`."""


def own(path: Path, tokenizer: Tokenizer, *, turned: bool) -> list[Example]:
    """Our own sentences; with `turned` a share of them also the other way round, as pairs between which nothing is."""
    found = []
    order = np.random.default_rng(SEED)
    for record in corpus.read(path):
        text = record["text"]
        source, target = (_span(text, record[side]) for side in ("source", "target"))
        found.append(_example(text, source, target, (record["type"],), PLAIN, tokenizer))
        if turned and record["type"] not in _MUTUAL and order.uniform() < TURNED:
            found.append(_example(text, target, source, ("NONE",), PLAIN, tokenizer))
    return found


def plv(records: Sequence[dict[str, Any]], tokenizer: Tokenizer) -> list[Example]:
    """PLV's sentences with their marked pairs."""
    found = []
    for record in records:
        event = record["events"][0]
        kind = event["type"][0]
        spans = (tuple(event["source"]["span"]), tuple(event["target"]["span"]))
        found.append(_example(record["text"], *spans, _MERGED.get(kind, (kind,)), PLV, tokenizer))
    return found


def _span(text: str, part: str) -> tuple[int, int]:
    start = text.index(part)
    return start, start + len(part)


def _example(
    text: str, source: tuple[int, int], target: tuple[int, int], types: tuple[str, ...], rules: int, by: Tokenizer
) -> Example:
    encoded = dyads.encoded(text, by)
    roles = dyads.roles(encoded, source, target, rules)
    return Example(encoded.pieces, encoded.features, roles, tuple(DEEDS.index(kind) for kind in types))


def train(
    encoder: Encoder, pretrained: Path, ours: Sequence[Example], theirs: Sequence[Example], threads: int
) -> tuple[Deeds, list[dict[str, float]]]:
    """The branch above the embeddings of `encoder`, which stay as they are, and the loss of each pass.

    `ours` are sentences of our own, `theirs` PLV's.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    branch = Deeds()
    branch.load_pretrained(pretrained)
    examples = [*ours, *(list(theirs) * OFTEN)]
    encoder.eval()
    groups: list[dict[str, Any]] = [
        {"params": layer.parameters(), "lr": RATE * LAYER_DECAY ** (len(branch.layers) - 1 - depth)}
        for depth, layer in enumerate(branch.layers)
    ]
    new = [p for name, p in branch.named_parameters() if not name.startswith("layers")]
    groups.append({"params": new, "lr": NEW_RATE})
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    total = PASSES * -(-len(examples) // BATCH)
    decay = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1.0, 15 * step / total, 1.02 - step / total))
    order = np.random.default_rng(SEED)
    log, began = [], time.monotonic()
    for number in range(1, PASSES + 1):
        branch.train()
        losses = []
        for batch in _batches(examples, order):
            logits = _logits(branch, encoder, batch)
            loss = _loss(logits, batch)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            decay.step()
            losses.append(loss.item())
        minutes = round((time.monotonic() - began) / 60, 1)
        log.append({"pass": number, "minutes": minutes, "loss": round(float(np.mean(losses)), 4)})
        print(json.dumps(log[-1]), flush=True)
    return branch, log


def _batches(examples: Sequence[Example], order: np.random.Generator) -> list[list[Example]]:
    """All examples in batches of similar length, in random order."""
    mixed = [examples[i] for i in order.permutation(len(examples))]
    batches: list[list[Example]] = []
    for i in range(0, len(mixed), BATCH * 16):
        pool = sorted(mixed[i : i + BATCH * 16], key=lambda e: len(e.pieces))
        batches += [pool[j : j + BATCH] for j in range(0, len(pool), BATCH)]
    return [batches[i] for i in order.permutation(len(batches))]


def _logits(branch: Deeds, encoder: Encoder, batch: Sequence[Example]) -> Tensor:
    pieces, features, roles = (
        torch.from_numpy(x) for x in dyads.stacked([(e.pieces, e.features, e.roles) for e in batch])
    )
    with narrowed():
        with torch.no_grad():
            embedded = encoder.embedded(pieces, features)
        logits: Tensor = branch(embedded, padding(pieces), roles)
    return logits.float()


def _loss(logits: Tensor, batch: Sequence[Example]) -> Tensor:
    """Cross entropy against any of the right types, a little of it against all."""
    right = torch.zeros_like(logits)
    for row, example in enumerate(batch):
        right[row, list(example.types)] = 1.0
    logs = torch.log_softmax(logits, -1)
    wanted = torch.logsumexp(logs.masked_fill(right == 0, -torch.inf), -1)
    return -((1 - SMOOTHED) * wanted + SMOOTHED * logs.mean(-1)).mean()


@torch.no_grad()
def named(branch: Deeds, encoder: Encoder, examples: Sequence[Example]) -> list[np.ndarray]:
    """The probabilities of all types for each example."""
    branch.eval()
    order = sorted(range(len(examples)), key=lambda i: len(examples[i].pieces))
    found: list[np.ndarray] = [np.zeros(0)] * len(examples)
    for i in range(0, len(order), 32):
        chosen = order[i : i + 32]
        shares = torch.softmax(_logits(branch, encoder, [examples[j] for j in chosen]), -1).numpy()
        for j, share in zip(chosen, shares, strict=True):
            found[j] = share
    return found


def cross_validated(
    encoder: Encoder,
    pretrained: Path,
    own_ones: Sequence[Example],
    records: Sequence[dict[str, Any]],
    folds: int,
    by: Tokenizer,
) -> list[np.ndarray]:
    """The probabilities for each of PLV's `records`, by a branch trained on our sentences and the other folds."""
    examples = plv(records, by)
    fold_of = np.random.default_rng(SEED).permutation(len(examples)) % folds
    found: list[np.ndarray] = [np.zeros(0)] * len(examples)
    for fold in range(folds):
        theirs = [e for e, f in zip(examples, fold_of, strict=True) if f != fold]
        held = [i for i, f in enumerate(fold_of) if f == fold]
        branch, _ = train(encoder, pretrained, own_ones, theirs, threads=2)
        shares = named(branch, encoder, [examples[i] for i in held])
        for i, share in zip(held, shares, strict=True):
            found[i] = share
        print(
            json.dumps({"fold": fold + 1, "macro_f1": round(macro_f1(shares, [examples[i] for i in held]), 3)}),
            flush=True,
        )
    return found


def macro_f1(shares: Sequence[np.ndarray], examples: Sequence[Example]) -> float:
    """Macro F1 over PLV's fifteen types; that something is done between the two is given."""
    said = [_merged(int(np.argmax(share[:NOTHING]))) for share in shares]
    was = [_merged(example.types[0]) for example in examples]
    pairs = Counter(zip(said, was, strict=True))
    totals = Counter(said) + Counter(was)
    return sum(2 * pairs[kind, kind] / totals[kind] for kind in set(was)) / len(set(was))


def _merged(number: int) -> str:
    kind = DEEDS[number]
    return "YIELD" if kind in _MERGED["YIELD"] else kind
