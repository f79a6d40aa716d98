"""The training loop: seeded, logged, resumable at the last checkpoint."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from detente.language.encoder import LONGEST
from training import batches, scores
from training.batches import Batch, Items
from training.calibration import calibrate
from training.corpus import UNKNOWN, Article
from training.model import LAYERS, Model, narrowed

MASK = 103


@dataclass(frozen=True)
class Recipe:
    """What a run is made of."""

    passes: int = 5
    batch: int = 4
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    """Each layer learns at this share of the rate of the layer above."""
    warm_up: float = 0.06
    weight_decay: float = 0.01
    dropout: float = 0.1
    masked: float = 0.05
    """Share of pieces hidden from the encoder."""
    seed: int = 4
    share: float = 1.0
    """Share of the articles that is trained on; below 1 for comparing recipes."""
    threads: int = 2
    window: int = LONGEST
    """Pieces in the longest window."""
    layers: int = LAYERS
    """Layers of the encoder."""
    head_layers: int = 2
    """Layers of the head that reads the parts of a cue."""


class Fit:
    """One run. Its folder holds the recipe, the log, the last checkpoint and the best model."""

    def __init__(self, folder: Path, recipe: Recipe, pretrained: Path) -> None:
        torch.set_num_threads(recipe.threads)
        torch.manual_seed(recipe.seed)
        self.folder, self.recipe = folder, recipe
        self.model = Model(recipe.dropout, recipe.layers, recipe.head_layers)
        self.model.encoder.load_pretrained(pretrained)
        self.optimiser = torch.optim.AdamW(
            self._groups(), betas=(0.9, 0.98), weight_decay=recipe.weight_decay, fused=True
        )
        self.rates = [group["lr"] for group in self.optimiser.param_groups]
        self.step, self.best, self.seconds = 0, 0.0, 0.0
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "recipe.json").write_text(json.dumps(asdict(recipe), indent=1))

    def _groups(self) -> list[dict[str, Any]]:
        """Parameters by learning rate: the head, then each layer of the encoder, then the embeddings."""
        recipe = self.recipe
        groups: dict[tuple[int, bool], dict[str, Any]] = {}
        for name, parameter in self.model.named_parameters():
            if name.startswith("attribution") or "features" in name:
                depth, rate = -1, recipe.head_rate
            else:
                at = name.split(".")
                depth = recipe.layers - 1 - int(at[2]) if at[1] == "layers" else recipe.layers
                rate = recipe.encoder_rate * recipe.layer_decay**depth
            decays = parameter.dim() > 1
            group = groups.setdefault((depth, decays), {"params": [], "lr": rate})
            if not decays:
                group["weight_decay"] = 0.0
            group["params"].append(parameter)
        return list(groups.values())

    def run(self, train: Sequence[Article], dev: Sequence[Article], gold: list[dict[str, Any]], scorer: Any) -> None:
        """Train to the end, from the last checkpoint where there is one; evaluate on `dev` after each pass."""
        train = [article for i, article in enumerate(train) if (i * 0.618) % 1 < self.recipe.share]
        self._resume()
        passes = [self._pass(train, number) for number in range(self.recipe.passes)]
        plan = [items for some in passes for items in some]
        ends = set(accumulate(len(some) for some in passes))
        total = len(plan)
        began = saved = time.monotonic()
        sums: dict[str, float] = {}
        for items in plan[self.step :]:
            self._set_rates(self.step / total)
            for name, value in self._learn(batches.collate(items)).items():
                sums[name] = sums.get(name, 0.0) + value
            self.step += 1
            now = time.monotonic()
            self.seconds, began = self.seconds + now - began, now
            if self.step % 50 == 0:
                self._log(step=self.step, of=total, **{name: round(value / 50, 4) for name, value in sums.items()})
                sums = {}
            if self.step in ends:
                self._evaluate(dev, gold, scorer)
                began = time.monotonic()
            if now - saved > 180 or self.step == total:
                self._save()
                saved = now

    def _pass(self, train: Sequence[Article], number: int) -> list[Items]:
        order = np.random.default_rng([self.recipe.seed, number])
        return batches.shuffled(batches.cut(train, order, self.recipe.window), self.recipe.batch, order)

    def _set_rates(self, progress: float) -> None:
        warm = self.recipe.warm_up
        share = progress / warm if progress < warm else (1 - progress) / (1 - warm)
        for group, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = rate * max(share, 0.001)

    def _learn(self, batch: Batch) -> dict[str, float]:
        # Seeded by step, so that a resumed run is the run that was interrupted.
        torch.manual_seed(self.recipe.seed * 1_000_003 + self.step)
        self.model.train()
        hidden = (torch.rand(batch.pieces.shape) < self.recipe.masked) & (batch.pieces > MASK)
        pieces = batch.pieces.masked_fill(hidden, MASK)
        with narrowed():
            units = self.model.units(pieces, batch.features, batch.firsts)
            detected = self.model.attribution.detect(units).float()
            rows, anchors, stands = _with_doubtful(batch, detected.detach())
            labels, standing = self.model.attribution.parts(units, batch.lengths, rows, anchors)
        losses = self._losses(batch, detected, labels.float(), standing.float(), stands)
        loss = torch.stack(list(losses.values())).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad()
        return {name: value.item() for name, value in losses.items()}

    @staticmethod
    def _losses(batch: Batch, detected: Tensor, labels: Tensor, standing: Tensor, stands: Tensor) -> dict[str, Tensor]:
        cues = max(len(batch.rows), 1)
        body = detected[batch.body]
        wanted = batch.any[batch.body]
        flags = functional.binary_cross_entropy_with_logits(body, wanted, reduction="none")
        parts = labels[: len(batch.rows)].flatten(0, 1)
        return {
            "cue": flags[:, 0].sum() / cues,
            "any": flags[:, 1:].mean(),
            "parts": functional.cross_entropy(parts, batch.labels.flatten(), ignore_index=UNKNOWN, reduction="sum")
            / (10 * cues),
            "stands": functional.binary_cross_entropy_with_logits(standing, stands),
        }

    def _evaluate(self, dev: Sequence[Article], gold: list[dict[str, Any]], scorer: Any) -> None:
        began = time.monotonic()
        drafts = scores.drafted(dev, scores.candidates(self.model, dev))
        found = calibrate(dev, drafts, gold, scorer)
        table, threshold = found.table, found.threshold
        self._log(step=self.step, threshold=threshold, dev=scores.brief(table), took=round(time.monotonic() - began))
        if table["all"]["joint_f1"] > self.best:
            self.best = table["all"]["joint_f1"]
            _write(self.model.state_dict(), self.folder / "best.pt")

    def _log(self, **what: Any) -> None:
        line = json.dumps({"minutes": round(self.seconds / 60, 1), **what})
        print(line, flush=True)
        with (self.folder / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(line + "\n")

    def _save(self) -> None:
        state = {
            "model": self.model.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "best": self.best,
            "seconds": self.seconds,
        }
        _write(state, self.folder / "last.pt")

    def _resume(self) -> None:
        path = self.folder / "last.pt"
        if path.exists():
            state = torch.load(path, weights_only=True)
            self.model.load_state_dict(state["model"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.best, self.seconds = state["step"], state["best"], state["seconds"]


def _with_doubtful(batch: Batch, detected: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The annotated cues and, after them, units that the detector holds for cues but the annotators did not."""
    doubt = torch.sigmoid(detected[..., 0]) * batch.body * (batch.any[..., 0] == 0)
    most = min(len(batch.rows) // 2 + 4, doubt.numel())
    values, at = doubt.flatten().topk(most)
    at = at[values > 0.05]
    rows = torch.cat([batch.rows, at // doubt.shape[1]])
    anchors = torch.cat([batch.anchors, at % doubt.shape[1]])
    stands = torch.cat([torch.ones(len(batch.rows)), torch.zeros(len(at))])
    return rows, anchors, stands


def _write(state: Any, path: Path) -> None:
    """Write beside, then move: an interruption leaves the old file whole."""
    beside = path.with_suffix(".part")
    torch.save(state, beside)
    beside.replace(path)
