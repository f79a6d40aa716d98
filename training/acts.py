"""The branch for speech acts, trained on sentences of our own above the finished encoder's embeddings."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from detente.language.attribution import CONTENT
from training import batches
from training.corpus import Article
from training.model import Acts, Model, narrowed, padding

PASSES: Final = 10
WINDOWS: Final = 4
"""Windows a step, of about five sentences each."""
RATE: Final = 2e-4
NEW_RATE: Final = 1e-3
SMOOTHED: Final = 0.1
SEED: Final = 4


@dataclass(frozen=True)
class _Inputs:
    """What the branch sees of a few windows, and the acts that it should name."""

    embedded: Tensor
    mask: Tensor
    firsts: Tensor
    lengths: Tensor
    rows: Tensor
    anchors: Tensor
    content: Tensor
    acts: Tensor

    def named_by(self, branch: Acts) -> Tensor:
        """The branch's logits."""
        with narrowed():
            given = (self.embedded, self.mask, self.firsts, self.lengths, self.rows, self.anchors, self.content)
            named: Tensor = branch(*given)
        return named.float()


def train(
    model: Model, pretrained: Path, sentences: Sequence[Article], held: Sequence[Article], threads: int
) -> tuple[Acts, list[dict[str, float]]]:
    """The branch for `model`, and after each pass over `sentences` its macro F1 on `held`. `model` stays as it is."""
    torch.set_num_threads(threads)
    torch.manual_seed(SEED)
    branch = Acts()
    branch.load_pretrained(pretrained)
    inputs, judged = _inputs(model, sentences), _inputs(model, held)
    groups = [{"params": branch.layers.parameters(), "lr": RATE}, {"params": branch.named.parameters(), "lr": NEW_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    steps = PASSES * len(inputs)
    decay = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1.0, 20 * step / steps, 1 - step / steps))
    log, began = [], time.monotonic()
    for number in range(1, PASSES + 1):
        branch.train()
        for i in torch.randperm(len(inputs)).tolist():
            loss = functional.cross_entropy(inputs[i].named_by(branch), inputs[i].acts, label_smoothing=SMOOTHED)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad()
            decay.step()
        minutes = round((time.monotonic() - began) / 60, 1)
        log.append({"pass": number, "minutes": minutes, "macro_f1": round(macro_f1(branch, judged), 3)})
        print(json.dumps(log[-1]), flush=True)
    return branch, log


@torch.no_grad()
def _inputs(model: Model, articles: Sequence[Article]) -> list[_Inputs]:
    model.eval()
    items = batches.cut(articles)
    return [_input(model, batches.collate(items[i : i + WINDOWS])) for i in range(0, len(items), WINDOWS)]


def _input(model: Model, batch: batches.Batch) -> _Inputs:
    with narrowed():
        embedded = model.encoder.embedded(batch.pieces, batch.features)
    return _Inputs(
        embedded.float(),
        padding(batch.pieces),
        batch.firsts,
        batch.lengths,
        batch.rows,
        batch.anchors,
        (batch.labels == CONTENT).float(),
        batch.acts,
    )


@torch.no_grad()
def macro_f1(branch: Acts, judged: Sequence[_Inputs]) -> float:
    """The mean of the acts' F1, cue and content given."""
    branch.eval()
    said = [act for inputs in judged for act in inputs.named_by(branch).argmax(-1).tolist()]
    was = [act for inputs in judged for act in inputs.acts.tolist()]
    pairs = Counter(zip(said, was, strict=True))
    totals = Counter(said) + Counter(was)
    return sum(2 * pairs[act, act] / totals[act] for act in set(was)) / len(set(was))
