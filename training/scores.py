"""Candidates on a set of articles, and how good they are."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from detente.language.attribution import ACTS, DOUBTFUL, Candidate, candidate
from detente.reading.speech.decoding import Draft, drafts
from training import batches
from training.corpus import Article
from training.model import Model, narrowed


def load_scorer(path: Path) -> Any:
    """The scorer's module, from the file at `path`."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@torch.no_grad()
def candidates(model: Model, articles: Sequence[Article], threshold: float = DOUBTFUL) -> list[list[Candidate]]:
    """For each article the cues that the model sees, certain or doubtful; their acts are not asked for."""
    model.eval()
    items = batches.cut(articles)
    order = sorted(range(len(items)), key=lambda i: items[i][1].end - items[i][1].start)
    number = {id(article): i for i, article in enumerate(articles)}
    found: list[list[Candidate]] = [[] for _ in articles]
    for i in range(0, len(order), 8):
        chosen = [items[j] for j in order[i : i + 8]]
        batch = batches.collate(chosen)
        with narrowed():
            units = model.units(batch.pieces, batch.features, batch.firsts)
            likely = torch.sigmoid(model.attribution.detect(units).float()[..., 0]) * batch.body
            rows, anchors = torch.nonzero(likely > threshold, as_tuple=True)
            labels, stands = model.attribution.parts(units, batch.lengths, rows, anchors)
        shares = torch.softmax(labels.float(), -1).numpy()
        for k, (row, anchor) in enumerate(zip(rows.tolist(), anchors.tolist(), strict=True)):
            article, window = chosen[row]
            found[number[id(article)]].append(
                candidate(
                    window.start + anchor,
                    float(likely[row, anchor]),
                    float(torch.sigmoid(stands[k].float())),
                    shares[k],
                    np.zeros(len(ACTS), dtype=np.float32),
                    (window.start, window.end),
                )
            )
    return [sorted(some, key=lambda c: c.anchor) for some in found]


def drafted(articles: Sequence[Article], found: list[list[Candidate]]) -> list[list[Draft]]:
    """The drafts of each article."""
    return [drafts(article.encoded, article.quotations, some) for article, some in zip(articles, found, strict=True)]


def judged(drafts_of: list[list[Draft]], gold: list[dict[str, Any]], scorer: Any) -> list[list[bool]]:
    """Whether each draft is right, content and source, as the scorer pairs them."""
    verdicts = []
    for record, some in zip(gold, drafts_of, strict=True):
        words = scorer.Words(record["text"])
        wanted = [(words.of(a["content"]), words.of(a["source"])) for a in record["attributions"]]
        given = [(words.of(draft.content), words.of(draft.source)) for draft in some]
        overlaps = [
            (scorer.iou(w[0], g[0]), i, j) for i, w in enumerate(wanted) for j, g in enumerate(given) if w[0] & g[0]
        ]
        partner: dict[int, int] = {}
        for overlap, i, j in sorted(overlaps, reverse=True):
            if overlap >= 0.5 and i not in partner.values() and j not in partner:
                partner[j] = i
        verdicts.append(
            [j in partner and scorer.iou(wanted[partner[j]][1], given[j][1]) >= 0.5 for j in range(len(some))]
        )
    return verdicts


def table(
    articles: Sequence[Article],
    drafts_of: list[list[Draft]],
    confidence: Callable[[int, Draft], float],
    threshold: float,
    gold: list[dict[str, Any]],
    scorer: Any,
) -> dict[str, Any]:
    """The scorer's table over the drafts that reach `threshold`."""
    predicted = {
        article.id: [
            {"source": draft.source, "content": draft.content} for draft in some if confidence(i, draft) >= threshold
        ]
        for i, (article, some) in enumerate(zip(articles, drafts_of, strict=True))
    }
    scored: dict[str, Any] = scorer.score(gold, predicted)
    return scored


def brief(table: dict[str, Any]) -> dict[str, Any]:
    """The figures that decide, to three decimals."""
    short = {kind: round(row["joint_f1"], 3) for kind, row in table.items()}
    names = ("content_f1", "source_accuracy", "precision", "recall")
    return short | {name: round(table["all"][name], 3) for name in names}
