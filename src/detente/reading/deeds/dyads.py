"""What the model adds to the lexicon: deeds that no word of its own names, whom a deed is done to, and how sure it is.

Grammar proposes, the model disposes: for a verb's doer and each actor below the verb, the branch for deeds says what
the one does to the other, or that it is nothing. So "has opened proceedings against Poland" is found,
whatever the words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from typing import cast as typed

import numpy as np
from numpy.typing import NDArray

from detente.language import attribution, dyads, grammar
from detente.language.dyads import DEEDS, NOTHING, Floats, Sentence
from detente.reading import allegiance
from detente.reading.actors import Cast
from detente.reading.deeds import embedding, frames, lexicon, owners, scope, standing, subjects
from detente.reading.deeds.drafts import Draft
from detente.reading.deeds.modality import Layer
from detente.reading.deeds.roles import Party
from detente.reading.statements import Sayings
from detente.records import EventType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Evidence = NDArray[np.float64]

_SURE: Final = 0.8
"""A deed that no entry of the lexicon knows is told from this probability on."""
_AIMED: Final = 0.5
"""Whom a known deed is done to, from this probability of its type on."""
_SETTLED: Final = 0.9
"""A word of several senses is taken in that of another type from this probability on."""
_MOST: Final = 6
"""Actors below a verb that are asked about."""
_ON_THINGS: Final = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
"""Types of deeds that are done to what somebody has or does."""
_OF_ONES_OWN: Final = frozenset({"AID", "MOBILIZE", "RETREAT", "COOPERATE"})
"""Types of deeds done with what one has, which the verb may have as its object."""
_COMMITTING: Final = frozenset({"AGREE", "CONCEDE", "THREATEN"})
_MODIFYING: Final = frozenset({"amod", "compound", "nmod"})
_TOLD_APART: Final = frozenset({"ccomp", "parataxis", "relcl"})
"""Clauses that tell deeds of their own: what somebody says of others he does not do to them."""
_REACHING: Final = frozenset(
    """dobj pobj prep dative agent nsubjpass attr oprd poss compound amod nmod appos conj xcomp pcomp acomp""".split()
)
_IDLE: Final = frozenset(
    """be say tell add address have do get seem become remain follow regard concern include accord involve remark note
    mention refer fail ally""".split()
)
"""Verbs that do nothing to anybody."""
_ONLY_TELLING: Final = frozenset(
    {"state", "claim", "predict", "ask", "warn", "deny", "promise", "offer", "agree", "refuse"}
)
"""Acts of statements whose cue does nothing to those that the statement is about, or what is derived from it anyway."""
_BY_RULE: Final[frozenset[EventType]] = frozenset({"AGREE", "CONCEDE", "RETREAT"})
"""Types whose border the coding rules draw, whatever the model has seen: the deed inside tells what is given up."""
_GOODS: Final = ("carrier", "property", "goods", "arms", "aid")
"""Classes of what can be seized without storming it."""
_ANYBODY: Final = frozenset({lexicon.ACTOR, lexicon.STATE, lexicon.COUNTRY, lexicon.NAME})
_PLV_DEPARTS: Final = frozenset({"cyber", "convict"})
"""Modes that PLV, which the model has seen most of, holds to be of another type than the manual."""
_ALIKE: Final[dict[EventType, tuple[EventType, ...]]] = {
    "CONCEDE": ("CONCEDE", "RETREAT"),
    "RETREAT": ("CONCEDE", "RETREAT"),
}
"""Types that the model is not asked to tell apart: yielding in words and in deed."""


@dataclass(frozen=True)
class _Asked:
    """A question to the model: what do the doers of a verb do to an actor below it?"""

    verb: Token
    sources: tuple[str, ...]
    doer: Token
    target: Token
    targets: tuple[str, ...]
    """The actors that `target` and what is coordinated with it stand for, without the doers' own side."""
    draft: Draft | None
    """The deed of the verb that the lexicon knows, and which lacks a target."""


def complete(found: list[Draft], doc: Doc, cast: Cast, sayings: Sayings) -> list[Draft]:
    """`found` with the targets that the model finds, and with the deeds that only it does."""
    asked = [question for sentence in doc.sents for question in _asked(sentence, found, cast, sayings)]
    answers = _answers([(q.verb.sent, q.doer, q.target) for q in asked], cast)
    made: dict[int, tuple[float, Draft]] = {}
    aimed: dict[int, tuple[float, Draft, tuple[str, ...]]] = {}
    for question, shares in zip(asked, answers, strict=True):
        if question.draft is not None:
            share, at = _share(shares, question.draft.type), question.draft.token.i
            if share >= _AIMED and (at not in aimed or share > aimed[at][0]):
                aimed[at] = (share, question.draft, question.targets)
            continue
        number = int(shares[:NOTHING].argmax())
        kind, share = typed(EventType, DEEDS[number]), float(shares[number])
        if share < _SURE:
            continue
        if kind == "REJECT" and any(_is_negation_above(layer, question.verb) for layer in scope.layers(question.verb)):
            continue  # "failed to persuade them": what the model sees is the failure
        at = question.verb.i
        if at not in made or share > made[at][0]:
            made[at] = (share, _draft(question, kind, share))
    for share, draft, targets in aimed.values():
        draft.targets = list(targets)
        draft.rules.append(f"the model aims it: {share:.2f}")
    return [*found, *(draft for _, draft in made.values())]


def weigh(found: Iterable[Draft], cast: Cast) -> None:
    """Ask the model about drafts with both sides: how likely is the type? A word of several senses may change it."""
    mentions = _mentions(cast)
    pairs: list[tuple[Draft, Span, Token, Token]] = []
    for draft in found:
        if any(layer.effect != "said" for layer in draft.layers):
            continue  # what is asked for or denied is not what the one does to the other
        sentence = draft.token.sent
        sources, targets = draft.sources, draft.targets or draft.sources[1:]
        source = _word_of(sources[:1], mentions, draft.token)
        target = _word_of([a for a in targets if a not in sources[:1]], mentions, draft.token)
        if source is not None and target is not None:
            pairs.append((draft, sentence, source, target))
    for (draft, *_), shares in zip(pairs, _answers([pair[1:] for pair in pairs], cast), strict=True):
        best = int(shares.argmax())
        other = next((e for e in lexicon.entries(draft.token) if e.type == DEEDS[best] and e.type != draft.type), None)
        ruled = bool({draft.type, DEEDS[best]} & _BY_RULE) or draft.mode in _PLV_DEPARTS or _is_spelt_out(draft)
        ruled = ruled or _takes_goods(draft)
        ruled = ruled or any(frame.entry.type != draft.type for frame in draft.frames[:1])
        if other is not None and other.type is not None and shares[best] >= _SETTLED and draft.frames and not ruled:
            draft.rules.append(f"of its senses the model takes {other.type}: {shares[best]:.2f}")
            # the mode is told by the words that its row asks for: no drone without a drone
            draft.type, draft.mode = other.type, other.mode if frames.fits(draft.frames[0], other, cast) else None
        draft.share, draft.nothing = _share(shares, draft.type), float(shares[NOTHING])


def _is_spelt_out(draft: Draft) -> bool:
    """Whether a row of the lexicon asks for two words or more beside its own, which leave no doubt: "ordered a diplomat
    to leave".
    """
    worded = ([need for need in f.entry.needs if need.values and not need.denied] for f in draft.frames)
    return any(sum(not {*need.values} <= _ANYBODY for need in needs) > 1 for needs in worded)


def _takes_goods(draft: Draft) -> bool:
    """Whether ships or goods are seized: that is no assault, however it was done."""
    taken = {lexicon.lemma(thing) for thing in standing.heads(grammar.undergoers(draft.token))}
    return draft.mode == "seize" and any(taken & lexicon.nouns(kind) for kind in _GOODS)


def _share(shares: Floats, kind: EventType) -> float:
    return sum(float(shares[DEEDS.index(k)]) for k in _ALIKE.get(kind, (kind,)))


def _mentions(cast: Cast) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, ids in cast.heads.items():
        for actor in ids:
            found.setdefault(actor, []).append(at)
    return found


def _word_of(actors: list[str], mentions: dict[str, list[int]], word: Token) -> Token | None:
    """The word that stands for one of `actors` in the sentence of `word`: that of its role, else the nearest."""
    sentence = word.sent
    for actor in actors:
        if isinstance(actor, Party) and actor.token is not None and actor.token.sent == sentence:
            return actor.token
    inside = [i for a in actors for i in mentions.get(a, ()) if sentence.start <= i < sentence.end and i != word.i]
    return word.doc[min(inside, key=lambda i: abs(i - word.i))] if inside else None


def _asked(sentence: Span, found: list[Draft], cast: Cast, sayings: Sayings) -> Iterator[_Asked]:
    known = {word.i: draft for draft in found for word in draft.words}
    for verb in sentence:
        if verb.pos_ != "VERB" or verb.dep_ in {"amod", "compound", "prep"} or verb.lemma_.lower() in _IDLE:
            continue
        if any(saying.record.act in _ONLY_TELLING for saying in sayings.cued_by(verb)):
            continue
        if _undergoes(verb, cast) or any(map(_is_own_deed, verb.children)):
            continue  # "continues to ask" is told by "ask"
        doers = subjects.of(verb, cast)
        sources = tuple(dict.fromkeys(a for doer in doers for a in cast.at(doer)))
        if not sources:
            continue
        drafts = [known[t.i] for t in _told_by(verb) if t.i in known]
        lacking = next((d for d in drafts if _lacks_target(d)), None)
        if drafts and lacking is None:
            continue
        known_as = None if drafts else frames.sense(verb, cast)
        if known_as is not None and known_as.entry.type is None:
            continue  # "took over the presidency": the lexicon knows that it is no deed
        apart = {t.i for doer in doers for t in doer.subtree}
        apart |= {t.i for c in verb.subtree if c.dep_ in _TOLD_APART and c.i != verb.i for t in c.subtree}
        apart |= {t.i for c in verb.children if c.lower_ == "according" for t in c.subtree}
        told = {a for t in verb.subtree if t.i in known for a in (*known[t.i].sources, *known[t.i].targets)}
        # "lifted the embargo that it had imposed on Chile": that is told by "lifted"
        told |= {a for t in _around_clause(verb) if t.i in known for a in known[t.i].targets}
        others = [t for t in verb.subtree if cast.at(t) and t.i not in apart and t.pos_ != "PRON" and t.dep_ != "conj"]
        others = [t for t in others if _is_reached(t, verb) and not (t.dep_ in _MODIFYING and cast.at(t.head))]
        # "criticised the Libya intervention", "blamed it on the president's enemies"
        others = [t for t in others if not owners.is_ground(t) and not owners.is_of_others(t)]
        if lacking is not None and lacking.type in _ON_THINGS and lacking.undergone:
            # "criticised the law in a speech for his wife": whose the thing is, not who is named beside it
            things = {t.i for thing in lacking.undergone for t in thing.subtree}
            others = [t for t in others if t.i in things]
        if lacking is not None and lacking.type in _OF_ONES_OWN:
            # "contributed two dozen soldiers": what is given is not whom it is given to
            given = {t.i for thing in grammar.undergoers(lacking.token) for t in grammar.phrase_tokens(thing)}
            others = [t for t in others if t.i not in given - {u.i for u in lacking.undergone}]
        if lacking is not None:
            # "condemned the arrest of two Danes", "resigned over the murder of a Dane"
            others = [t for t in others if not owners.suffers(t)]
        if lacking is not None and lacking.type == "REQUEST":
            # "demanded a state of the Palestinians": who is to have it is not asked for it
            wanted = [[*thing.subtree] for thing in grammar.undergoers(lacking.token)]
            things = {t.i for phrase in wanted if not any(map(lexicon.entries, phrase)) for t in phrase}
            others = [t for t in others if t.i not in things]
        for other in others[:_MOST]:
            targets = _others(other, {*sources, *(lacking.sources if lacking is not None else ())}, verb, cast)
            if lacking is None and (told & set(targets) or not _are_of_two_states(sources, targets, cast)):
                continue
            if targets:
                yield _Asked(verb, sources, doers[0], other, targets, lacking)


def _undergoes(verb: Token, cast: Cast) -> bool:
    """Whether a verb tells what befalls its subject: "faces a threat from Oman"; not "saw the king"."""
    return lexicon.lemma(verb) in lexicon.nouns("undergo") and not any(map(cast.at, grammar.undergoers(verb)))


def _is_own_deed(clause: Token) -> bool:
    """Whether an infinitive tells what its verb only begins, goes on with or manages."""
    verb = clause.head
    if clause.dep_ != "xcomp" or not grammar.is_infinitive(clause) or grammar.undergoers(verb):
        return False
    return embedding.effect(verb, "to") == "fact"


def _around_clause(verb: Token) -> tuple[Token, ...]:
    """The noun that a verb tells more of, and what governs that."""
    return (verb.head, standing.governor(verb.head)[0]) if verb.dep_ in {"relcl", "acl"} else ()


def _is_reached(token: Token, verb: Token) -> bool:
    """Whether a word stands within what a verb governs, and not in a clause that goes on about something else."""
    at = token
    while at != verb:
        if at.dep_ not in _REACHING or (at.dep_ == "conj" and at.pos_ in grammar.VERBS):
            return False
        at = at.head
    return True


def _told_by(verb: Token) -> Iterator[Token]:
    """A verb and what completes it: its objects, its infinitives and what these govern."""
    yield verb
    for child in verb.children:
        if child.dep_ in {"dobj", "xcomp", "prep", "pobj", "pcomp", "acomp", "attr", "oprd", "aux", "prt"}:
            yield from _told_by(child)


def _lacks_target(draft: Draft) -> bool:
    """Whether a deed is one-sided and misses whom it is done to; what two do together has no target."""
    mutual = any(len(roles) > 1 for frame in draft.frames for roles in frame.entry.source)
    return bool(draft.sources) and not draft.targets and not mutual and draft.type != "CONSULT"


def _are_of_two_states(some: Iterable[str], others: Iterable[str], cast: Cast) -> bool:
    """Whether two sides belong to different states or unions: between parties of one, or of none that is known, the
    model sees deeds in too many words.
    """
    countries = {actor.id: actor.country for actor in cast.actors}
    own, theirs = ({countries.get(a) for a in side} for side in (some, others))
    return None not in own | theirs and not own & theirs


def _others(target: Token, doers: set[str], verb: Token, cast: Cast) -> tuple[str, ...]:
    """Whom a word and what is coordinated with it stand for, without the doers and their side."""
    ids = dict.fromkeys(a for t in grammar.conjuncts(target) for a in cast.at(t))
    return tuple(Party(actor, target, "as the model sees it", verb) for actor in allegiance.others(ids, doers, cast))


def _answers(asked: list[tuple[Span, Token, Token]], cast: Cast) -> list[Floats]:
    """What the model says of each pair of words that stand for actors, in their sentence."""
    if not asked:
        return []
    model = attribution.load()
    encoded: dict[int, Sentence] = {}
    given = []
    for sentence, source, target in asked:
        start = sentence.start_char
        if sentence.start not in encoded:
            encoded[sentence.start] = dyads.encoded(sentence.text, model.tokenizer)
        one, other = (cast.spans.get(t.i, (t.idx, t.idx + len(t))) for t in (source, target))
        pair = ((one[0] - start, one[1] - start), (other[0] - start, other[1] - start))
        marks = dyads.roles(encoded[sentence.start], *pair)
        given.append((encoded[sentence.start], marks))
    return dyads.deeds(model, given)


def _is_negation_above(layer: Layer, verb: Token) -> bool:
    return layer.effect == "negated" and layer.token.head != verb


def _draft(question: _Asked, kind: EventType, share: float) -> Draft:
    verb = question.verb
    sources = [Party(actor, question.doer, "subj", verb) for actor in question.sources]
    layers = scope.layers(verb)
    if kind in _COMMITTING or kind == "REJECT":
        # "will return it to Chile": the promise that the model sees is made already, as the refusal is in "will never"
        own = {"future", "would", "negated"} if kind == "REJECT" else {"future", "would"}
        layers = [layer for layer in layers if layer.token.head != verb or layer.effect not in own]
    made = Draft(verb, kind, None, [*sources], [*question.targets], layers, (verb, verb), [verb])
    made.rules.append(f"no row of the lexicon; the model sees {kind} between the two: {share:.2f}")
    return made


def evidence(draft: Draft) -> Evidence:
    """What the confidence in an event is reckoned from: whether the lexicon knows it, whether the model was asked, how
    likely it holds the type, and how likely nothing at all.
    """
    known = float(bool(draft.frames))
    if draft.share is None:
        return np.array([known, 0.0, 0.0, 0.0])
    share = min(max(draft.share, 0.005), 0.995)
    return np.array([known, 1.0, math.log(share / (1 - share)), draft.nothing])
