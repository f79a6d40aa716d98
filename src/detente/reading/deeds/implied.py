"""Verbal events that no word of the lexicon names: what is promised by "will", demanded by "must", said by a statement.

"Will visit" is an AGREE and a CONSULT planned, "said that it must leave" a REQUEST and a RETREAT demanded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente import plover
from detente.language import grammar
from detente.reading import allegiance
from detente.reading.actors import Cast
from detente.reading.deeds import effects, lexicon, modality, owners, scope
from detente.reading.deeds.commitments import VERBAL, commitment, mode
from detente.reading.deeds.drafts import Draft
from detente.reading.deeds.modality import Layer
from detente.reading.deeds.roles import Party
from detente.reading.speech import cues
from detente.reading.statements import Saying, Sayings
from detente.records import EventType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_FRIENDLY: Final = frozenset({"agreed", "offered"})
"""Effects of words that threaten nothing: who offers troops means to help."""
_COMMITTING: Final = frozenset({"promised", "agreed", "offered", "threatened", "announced", "intended"})
_COMMITMENTS: Final = frozenset({"promised", "offered", "planned", "threatened"})
_NEAR: Final = 3
_OBLIGATIONS: Final = frozenset({"must", "should", "ought"})
_GRANTING: Final = frozenset({"agree", "deny", "refuse", "ask"})
"""Acts of who says that another must do it and does not demand it: "accepted that Oman should"."""
_BY_ACT: Final[dict[str, tuple[EventType, str | None]]] = {
    "accuse": ("ACCUSE", "allege"),
    "condemn": ("ACCUSE", "disapprove"),
    "praise": ("SUPPORT", None),
    "demand": ("REQUEST", None),
    "request": ("REQUEST", None),
    "threaten": ("THREATEN", None),
}
"""What a statement's act is as an event."""


def from_deed(draft: Draft, by_word: dict[int, Draft], cast: Cast, sayings: Sayings) -> Iterator[Draft]:
    """The promise, threat or refusal that a future or a word like "plan" makes of a deed."""
    if draft.type in VERBAL or not draft.sources:
        return
    if modality.only_on_condition(draft.token) and plover.quad(draft.type) != "material_conflict":
        return  # what is held back is no promise
    for number, layer in enumerate(draft.layers):
        if layer.token.i in by_word or layer.effect in scope.REPORTS:
            return
        after = draft.layers[number + 1 : number + 2]
        if layer.effect in {"future", "would"} and any(_commits(o, by_word) for o in after):
            return  # "promised that it would": the promise is told by its own word
        # a promise under a condition is made all the same
        outer = [o for o in draft.layers[number + 1 :] if o.effect != "conditional" or o.token.head != draft.token]
        effect = effects.resolved(layer, outer, draft.deed, draft.token, cast, sayings)
        if layer.effect in {"future", "would"} and effect in _COMMITMENTS:
            # "will not begin talks": the verb that lends a noun its doer is negated for it
            verbs = (draft.token, layer.token.head)
            negation = next((o for o in (*draft.layers[:number], *outer) if _is_own_negation(o, *verbs)), None)
            made = commitment(draft)
            if not after and made == "CONCEDE" and _are_forces(draft.sources, cast):
                return  # "the last soldiers are to leave": it is not they who decide
            if negation is None and made is not None:
                yield _verbal(draft, made, layer.token, outer, cast, "who announces his deed commits himself to it")
            elif negation is not None and plover.quad(draft.type) != "material_conflict":
                outer = [o for o in outer if o is not negation]
                yield _verbal(draft, "REJECT", layer.token, outer, cast, "who says that he will not refuses")
            return
        if layer.effect in _COMMITTING and effect in _COMMITMENTS:
            told_beside = layer.token.dep_ in {"acl", "relcl"} and layer.token.head == draft.token
            if (layer.token.pos_ == "NOUN" or told_beside) and any(o.effect == "negated" for o in outer):
                # "rejected an offer to mediate", "talks planned for May were called off": whose it was is not told
                return
            if layer.token.pos_ == "NOUN" and any(_commits(o, by_word) for o in after):
                return  # "accepted an invitation to visit": the promise is told by its own word
            if layer.token.lemma_ == "proposal" and len(draft.sources) > 1 and not _has_author(layer.token):
                return  # "the proposals for a treaty between Togo and Benin"
            if layer.token.pos_ == "NOUN":
                outer = scope.layers(layer.token)  # "if Chad keeps its promise": it was made, whatever becomes of it
            made = commitment(draft, friendly=layer.effect in _FRIENDLY)
            if made is not None and (made != "THREATEN" or layer.effect != "intended"):
                yield _verbal(draft, made, layer.token, outer, cast, "the word commits its speaker to the deed")
            return
        if effect != "actual" and effect != "negated":
            return


def _are_forces(doers: list[str], cast: Cast) -> bool:
    """Whether all doers are soldiers of a state."""
    actors = cast.by_id
    return all(a in actors and "MIL" in actors[a].sectors and actors[a].acts_for is not None for a in doers)


def _commits(layer: Layer, by_word: dict[int, Draft]) -> bool:
    """Whether a word of the lexicon commits its speaker to what stands below it: "promised that", "warned him that"."""
    known = by_word.get(layer.token.i)
    if known is None:
        return False
    return layer.effect in _COMMITTING or (known.type == "THREATEN" and layer.effect in scope.REPORTS | {"suggested"})


def _has_author(noun: Token) -> bool:
    """Whether it is told whose a proposal is: "Togo's", "Togolese", "by Togo"."""
    named = (c.dep_ == "poss" or c.text[0].isupper() or c.lower_ in {"by", "from"} for c in noun.children)
    return any(named)


def _is_own_negation(layer: Layer, *verbs: Token) -> bool:
    return layer.effect in {"negated", "ended"} and layer.token.head in verbs


def _verbal(draft: Draft, event_type: EventType, word: Token, outer: list[Layer], cast: Cast, rule: str) -> Draft:
    """The verbal event by which `word` promises, threatens or refuses the deed of `draft`, by a rule that is told."""
    verb = word.head if word.dep_ == "aux" else word
    own = _named(grammar.doers(verb), "subj", verb, cast) if verb.pos_ == "VERB" else []
    if verb.pos_ == "NOUN":
        own = _named(
            [c for c in verb.children if c.dep_ == "poss"], "poss", verb, cast
        )  # "his promise of talks between"
    sources = own or list(draft.sources)
    last = verb if 0 < verb.i - word.i <= _NEAR else word
    return Draft(
        token=word,
        type=event_type,
        mode=mode(event_type, draft),
        sources=sources,
        targets=[a for a in (*draft.targets, *draft.sources) if a not in sources],
        layers=list(outer),
        trigger=(word, last),
        words=[word],
        made_of=draft,
        rules=[rule],
    )


def _named(tokens: list[Token], role: str, deed: Token, cast: Cast) -> list[str]:
    """The actors that `tokens`, which stand in a role of `deed`, stand for."""
    return [Party(actor, token, role, deed) for token in tokens for actor in owners.who(token, cast)]


def from_obligations(doc: Doc, taken: set[int], cast: Cast, sayings: Sayings) -> Iterator[Draft]:
    """Demands without a verb of demanding: somebody says that another must or should."""
    for token in doc:
        if token.dep_ != "aux" or token.lower_ not in _OBLIGATIONS or token.i in taken:
            continue
        verb = token.head
        saying = sayings.around(verb)
        if saying is None or saying.record.source is None or saying.record.source.actor is None:
            continue
        if saying.record.act in {"demand", "request"} and saying.cue in taken:
            continue
        if saying.record.act in _GRANTING:
            continue
        if any(a.dep_ in {"relcl", "advcl"} for a in _up_to(verb, saying)):
            continue
        speaker = saying.record.source.actor
        if lexicon.lemma(verb) == "be" and any(c.dep_ == "attr" for c in verb.children):
            continue  # "it must be part of a plan" asks for no deed
        if "have" in grammar.auxiliaries(verb):
            continue  # "should have been one of the first": what was not done can no more be demanded
        addressed = _named(_obliged_ones(verb, cast), "obliged one", verb, cast)
        if addressed and not any(allegiance.side(a, cast) & allegiance.side(speaker, cast) for a in addressed):
            # that it must not is asked for as well
            own = {token.i, *(c.i for c in verb.children if c.dep_ == "neg")}
            layers = [layer for layer in scope.layers(verb) if layer.token.i not in own]
            yield Draft(
                token,
                "REQUEST",
                None,
                [_speaker(speaker, saying, doc)],
                addressed,
                layers,
                (token, verb),
                [token],
                rules=["who says that another must do it demands it"],
            )


def _obliged_ones(verb: Token, cast: Cast) -> list[Token]:
    """Who must do it: the doers, or whose that is which must undergo it: "Russian troops must be withdrawn".

    Not who is only to undergo it ("the hostages must be freed"), nor who only has it ("their ruling must be binding").
    """
    doers = [doer for doer in grammar.doers(verb) if owners.doer(doer, cast)]
    given_up = any(sense.type == "RETREAT" for sense in lexicon.entries(verb))
    if doers or not grammar.is_passive(verb) or (lexicon.is_hostile(verb) and not given_up):
        return doers
    armed = {a.id for a in cast.actors if allegiance.ARMED & set(a.sectors)}
    return [t for t in grammar.undergoers(verb) if not cast.at(t) or armed & set(cast.at(t))]


def _up_to(verb: Token, saying: Saying) -> Iterator[Token]:
    """`verb` and what it depends on, as far as the statement's content goes."""
    at = verb
    while at.i in saying.content:
        yield at
        if at.head == at:
            return
        at = at.head


def from_statements(doc: Doc, taken: set[int], cast: Cast, sayings: Sayings) -> Iterator[Draft]:
    """Statements whose cue does something that the lexicon has not read from it already."""
    seen: set[tuple[int, str]] = set()
    for saying in sayings.said:
        source = saying.record.source
        made = _BY_ACT.get(saying.record.act)
        if made is None or saying.cue is None or saying.cue in taken or source is None or source.actor is None:
            continue
        if (saying.cue, source.actor) in seen:
            continue
        seen.add((saying.cue, source.actor))
        cue = doc[saying.cue]
        own = cues.verbs().get(lexicon.lemma(cue))
        if cue.pos_ not in grammar.VERBS or own is None or own.act != saying.record.act:
            continue
        addressee = saying.record.addressee
        targets: list[str] = [Party(addressee, None, "addressee", cue)] if addressee is not None else []
        things = grammar.undergoers(cue)
        if made[0] == "REQUEST":
            # "wanted a Kurdish state": that is not asked of the Kurds
            things = [thing for thing in things if cast.at(thing)]
        targets = targets or _named(things, "obj", cue, cast)
        targets = [a for a in targets if a != source.actor]
        if targets:
            yield Draft(
                cue,
                made[0],
                made[1],
                [_speaker(source.actor, saying, doc)],
                targets,
                scope.layers(cue),
                (cue, cue),
                [cue],
                rules=[f"a statement that does so ({saying.record.act})"],
            )


def from_warnings(doc: Doc, taken: set[int], cast: Cast, sayings: Sayings) -> Iterator[Draft]:
    """Threats of what the lexicon does not know as a deed: "warned Chad that it would resume its broadcasts"."""
    for saying in sayings.said:
        source = saying.record.source
        if saying.cue is None or saying.cue in taken or lexicon.lemma(doc[saying.cue]) != "warn":
            continue
        if source is None or source.actor is None or saying.record.status != "actual":
            continue
        if saying.record.act not in {"warn", "threaten"}:
            continue
        cue, own = doc[saying.cue], allegiance.side(source.actor, cast)
        for clause in (c for c in cue.children if c.dep_ == "ccomp"):
            doers = {a for doer in grammar.doers(clause) for a in cast.at(doer)}
            announced = {"will", "would", "'ll"} & set(grammar.auxiliaries(clause)) and not modality.is_negated(clause)
            if not announced or not doers & own or any(t.i in taken for t in clause.subtree):
                continue
            addressee = saying.record.addressee
            told: list[str] = [Party(addressee, None, "addressee", cue)] if addressee is not None else []
            reached = [Party(a, t, "whom it reaches", clause) for t in clause.subtree for a in cast.at(t)]
            targets = told or list(dict.fromkeys(a for a in reached if not allegiance.side(a, cast) & own))
            if len(targets) == 1:
                yield Draft(
                    cue,
                    "THREATEN",
                    None,
                    [_speaker(source.actor, saying, doc)],
                    targets,
                    scope.layers(cue),
                    (cue, cue),
                    [cue],
                    rules=["who warns another of what he himself will do threatens it"],
                )


def _speaker(actor: str, saying: Saying, doc: Doc) -> Party:
    """Who speaks, with the word that names him."""
    cue = doc[saying.cue if saying.cue is not None else min(saying.content)]
    return Party(actor, saying.speaker, "speaker", cue)
