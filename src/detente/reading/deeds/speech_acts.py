"""Deeds done by words: what is demanded, promised, threatened or refused makes a verbal event of its own.

The contract's coding rules: "agreed to withdraw" is a CONCEDE and a RETREAT promised, "vowed to strike" a THREATEN and
an ASSAULT threatened, "will visit" an AGREE and a CONSULT planned, "said that it must leave" a REQUEST.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from detente import plover
from detente.language import grammar
from detente.reading import allegiance
from detente.reading.actors import Cast
from detente.reading.deeds import blame, effects, embedding, lexicon, modality, owners, roles, scope
from detente.reading.deeds.drafts import Draft
from detente.reading.deeds.modality import Layer
from detente.reading.deeds.roles import Party
from detente.reading.speech import cues
from detente.reading.statements import Saying, Sayings
from detente.records import EventType

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_VERBAL: Final = frozenset({"AGREE", "REQUEST", "REJECT", "THREATEN"})
_YIELDING: Final = frozenset({"RETREAT", "CONCEDE"})
_FRIENDLY: Final = frozenset({"agreed", "offered"})
"""Effects of words that threaten nothing: who offers troops means to help."""

_COMMITTING: Final = frozenset({"promised", "agreed", "offered", "threatened", "announced", "intended"})
_COMMITMENTS: Final = frozenset({"promised", "offered", "planned", "threatened"})
_TALKING: Final = frozenset({"talk", "discuss", "negotiate"})
_FIGHTING: Final = frozenset(
    "punish combat fight counter tackle resist investigate curb condemn confront repel foil".split()
)
"""Verbs by which one is against the deed that is their object."""
_HANGING: Final = frozenset({"until", "unless", "before", "if"})
_NEAR: Final = 3
_OBLIGATIONS: Final = frozenset({"must", "should", "ought"})
_GRANTING: Final = frozenset({"agree", "deny", "refuse", "ask"})
"""Acts of who says that another must do it and does not demand it: "accepted that Oman should"."""

_COMMITTED: Final = frozenset({"promise", "threaten"})
"""Acts by which whoever speaks commits himself."""
_OF_BOTH: Final = frozenset({"CONSULT", "AGREE", "SUPPORT"})
"""Types of which whom they reach is asked for them: "called for talks with Oman"; not "for the release of two"."""

_WANTED: Final[dict[EventType, str]] = {
    "CONSULT": "meet",
    "AGREE": "meet",
    "AID": "assist",
    "COOPERATE": "assist",
    "SUPPORT": "assist",
    "RETREAT": "yield",
    "CONCEDE": "yield",
}
"""Modes of REQUEST and REJECT by the deed that is asked for or refused."""

_MENACED: Final[dict[EventType, str]] = {
    "ASSAULT": "violence",
    "MOBILIZE": "violence",
    "SANCTION": "relations",
    "COERCE": "restrict",
    "PROTEST": "restrict",
}
_ARMED: Final = frozenset({"MIL", "REB", "PRM"})
_MENACED_MODES: Final = {"arrest": "arrest", "seize": "territory", "expel": "expel", "deport": "expel"}

_BY_ACT: Final[dict[str, tuple[EventType, str | None]]] = {
    "accuse": ("ACCUSE", "allege"),
    "condemn": ("ACCUSE", "disapprove"),
    "praise": ("SUPPORT", None),
    "demand": ("REQUEST", None),
    "request": ("REQUEST", None),
    "threaten": ("THREATEN", None),
}
"""What a statement's act is as an event."""


def complete(found: list[Draft], doc: Doc, cast: Cast, sayings: Sayings) -> list[Draft]:
    """`found` with its verbal events fitted to the deeds inside them, and with those that no own word names."""
    for draft in found:
        if not draft.sources:
            draft.sources = _menacers(draft, cast, sayings)
        refusers = _refusers(draft, cast, sayings)
        if refusers:
            draft.sources, draft.targets = refusers, [*draft.sources, *draft.targets]
        if draft.type in _VERBAL:
            inside = [inner for inner in found if inner is not draft and _holds(draft, inner)]
            if draft.type in {"AGREE", "THREATEN", "CONCEDE"}:
                inside = [inner for inner in inside if not _is_fought(inner, draft)]
            if inside:
                draft.inner = min(inside, key=lambda d: (len(d.layers), d.token.i))
                _fit(draft, draft.inner)
    # "ready to move on" promises nothing
    found = [draft for draft in found if draft.type != "AGREE" or draft.token.pos_ != "ADJ" or draft.inner is not None]
    # nor does "vowed to persuade Chad to reject it"
    found = [draft for draft in found if draft.type != "AGREE" or not _is_for_others(draft)]
    by_word = {word.i: draft for draft in found for word in draft.words}
    derived = [new for draft in found for new in _derived(draft, by_word, cast, sayings)]
    taken = {word.i for draft in (*found, *derived) for word in draft.words}
    derived += _obliged(doc, taken, cast, sayings)
    derived += blame.find(doc, taken, cast, sayings)
    derived += _stated(doc, taken, cast, sayings)
    for draft in derived:
        _say(draft, doc, cast, sayings)
    for draft in (*found, *derived):
        if draft.type in {"AGREE", "THREATEN", "CONCEDE"}:
            # "offered to send its troops" offers nothing to the troops
            draft.targets = allegiance.others(draft.targets, draft.sources, cast)
            if draft.inner is not None and not draft.targets:
                draft.targets = allegiance.others(draft.inner.targets, draft.sources, cast)
        if draft.type == "REJECT":
            draft.targets = allegiance.others(draft.targets, draft.sources, cast)
        if draft.type == "REQUEST":
            own = allegiance.sides(draft.sources, cast)
            draft.targets = [actor for actor in draft.targets if actor not in own]
        if draft.type in {"REJECT", "THREATEN"} and draft.sources and not draft.targets:
            draft.targets = allegiance.others(_held_to(draft, cast), draft.sources, cast)
    return [*found, *derived]


def _is_fought(inner: Draft, draft: Draft) -> bool:
    """Whether what is promised or threatened is to keep a deed from being done: "vowed to prevent attacks."""
    verb, relation = roles.governor(inner.token)
    if inner.token.pos_ in grammar.VERBS or verb.pos_ not in grammar.VERBS or relation != "obj":
        return False
    if verb in draft.words or draft.token not in verb.ancestors:
        return False
    return embedding.effect(verb, "obj") == "negated" or lexicon.lemma(verb) in _FIGHTING


def _is_for_others(draft: Draft) -> bool:
    """Whether somebody promises that others will refuse, reproach or demand something: no deed of his, no kindness."""
    inner = draft.inner
    if inner is None or not inner.sources or plover.quad(inner.type) != "verbal_conflict":
        return False
    return not set(inner.sources) & set(draft.sources)


def _menacers(draft: Draft, cast: Cast, sayings: Sayings) -> list[str]:
    """Who warns of a hostile deed that is nobody else's: "an admiral warned that the strait would be closed".

    Soldiers and rebels warn of what they will do; a minister does so where he says on what condition.
    """
    verb = draft.token
    saying = sayings.around(verb)
    if draft.type not in _MENACED or saying is None or saying.record.act not in {"warn", "threaten"}:
        return []
    speaker = saying.record.source.actor if saying.record.source is not None else None
    helpers = set(grammar.auxiliaries(verb))
    if speaker is None or not grammar.is_passive(verb) or grammar.doers(verb) or not helpers & {"will", "would"}:
        return []
    sectors = {s for a in cast.actors if a.id == speaker for s in a.sectors}
    on_condition = "GOV" in sectors and any(layer.effect == "conditional" for layer in draft.layers)
    if not (sectors & _ARMED or on_condition) or (draft.type == "ASSAULT" and draft.targets):
        return []
    return [Party(speaker, saying.speaker, "speaker", verb)]


def _refusers(draft: Draft, cast: Cast, sayings: Sayings) -> list[str]:
    """Who says that there will be nothing of the kind, and so refuses it: "said there would be no talks with Togo"."""
    noun, verb = draft.token, draft.token.head
    absent = noun.dep_ == "attr" and any(c.dep_ == "expl" for c in verb.children) and modality.is_negated(noun)
    saying = sayings.around(noun)
    if draft.type not in _WANTED or len(draft.sources) > 1 or not absent or not modality.is_future(verb):
        return []
    if saying is None or saying.record.source is None or saying.record.source.actor is None:
        return []
    speaker = saying.record.source.actor
    committed = saying.record.act in _COMMITTED or allegiance.is_identified(frozenset({speaker}), cast)
    if not committed or allegiance.side(speaker, cast) & {*draft.sources}:
        return []
    return [Party(speaker, saying.speaker, "speaker", verb)]


def _say(draft: Draft, doc: Doc, cast: Cast, sayings: Sayings) -> None:
    """Let who commits himself do it when and to whom he says so: "told Chile on Monday that it would strike"."""
    saying = sayings.around(draft.token)
    if saying is None or saying.cue is None or saying.record.source is None or saying.record.source.actor is None:
        return
    cue = doc[saying.cue]
    own = allegiance.sides(draft.sources, cast)
    if cue.pos_ != "VERB" or not allegiance.side(saying.record.source.actor, cast) & own:
        return
    draft.said = cue
    if not draft.targets and saying.record.addressee is not None:
        draft.targets = [Party(saying.record.addressee, None, "addressee", cue)]


def _held_to(draft: Draft, cast: Cast) -> list[str]:
    """On whose deed a refusal or threat hangs: Cuba in "will not lift the embargo until Cuba reforms"."""
    own = allegiance.sides(draft.sources, cast)
    verb = draft.token.head if draft.token.dep_ == "aux" else draft.token
    for clause in verb.subtree:
        if clause.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _HANGING for c in clause.children):
            doers = [*grammar.doers(clause), *(t for c in clause.children for t in grammar.objects_of(c, "by"))]
            found = [a for doer in doers for a in owners.who(doer, cast) if a not in own]
            if found:
                return list(dict.fromkeys(found))
    return []


def _holds(outer: Draft, inner: Draft) -> bool:
    words = {word.i for word in outer.words}
    return any(layer.token.i in words for layer in inner.layers)


def _fit(draft: Draft, inner: Draft) -> None:
    """Take type, mode and targets from the deed inside a verbal event; lend it the doer where it has none."""
    before = draft.type, draft.mode
    negated = any(layer.effect == "negated" and layer.token.head == inner.token for layer in inner.layers)
    if negated and draft.type in {"AGREE", "THREATEN"} and lexicon.lemma(draft.token) != "threaten":
        # "vowed not to return it", "vowed not to attack it"
        draft.type = "AGREE" if plover.quad(inner.type) == "material_conflict" else "REJECT"
        draft.mode = None
        # "offered no help" refuses it, and does not refuse nothing
        draft.layers = [o for o in draft.layers if o.effect != "negated" or inner.token not in (o.token, o.token.head)]
    elif draft.type == "AGREE":
        taken = {layer.effect for layer in inner.layers if layer.token == draft.token}
        own = not inner.sources or set(inner.sources) & set(draft.sources)
        if inner.type == "REJECT" and "promised" in taken and own:
            draft.type, draft.mode = "REJECT", inner.mode  # "vowed to ignore the ruling"
        else:
            draft.type = _commitment(inner, friendly=bool(taken & _FRIENDLY)) or draft.type
    draft.mode = _mode(draft.type, inner) or draft.mode
    if (draft.type, draft.mode) != before:
        draft.rules.append("fitted to the deed inside it")
    if draft.type in {"AGREE", "CONCEDE", "THREATEN"}:
        if not inner.sources and inner.token.pos_ not in grammar.VERBS:
            inner.sources = [a for a in draft.sources if a not in inner.targets]
        if not draft.targets:
            draft.targets = [a for a in (*inner.targets, *inner.sources) if a not in draft.sources]
    elif draft.type == "REQUEST" and inner.targets and draft.targets == inner.targets and not inner.sources:
        draft.targets = []  # "demanded that the envoy be freed": he is not asked
    elif draft.type == "REQUEST" and not draft.targets:
        reached = inner.targets
        if not inner.sources and inner.type not in _OF_BOTH:
            # "called for sanctions against Chad" is against Chad, "for the release of two men" against nobody
            reached = [a for a in reached if isinstance(a, Party) and a.role in {"against", "on", "at"}]
        draft.targets = [a for a in (*inner.sources, *reached) if a not in draft.sources]
    elif draft.type == "REJECT" and not draft.targets and not _is_topic(inner):
        draft.targets = [a for a in (*inner.targets, *inner.sources) if a not in draft.sources]


def _is_topic(inner: Draft) -> bool:
    """Whether a deed is only what is not to be talked about: "refused to discuss the arrest of two men"."""
    return any(layer.effect == "hypothetical" and layer.token.lemma_ in _TALKING for layer in inner.layers)


def _commitment(inner: Draft, *, friendly: bool = False) -> EventType | None:
    """What a promise of `inner` is: to yield is to concede, to harm is to threaten; None for mere words."""
    if inner.type in _YIELDING:
        return "CONCEDE"
    quad = plover.quad(inner.type)
    if inner.type == "MOBILIZE" and not inner.targets:
        return None  # who sends troops to nobody's harm may mean to help
    if quad == "material_conflict" and not friendly:
        return "THREATEN"
    return None if quad == "verbal_conflict" else "AGREE"


def _mode(event_type: EventType, inner: Draft) -> str | None:
    if event_type in {"REQUEST", "REJECT"}:
        if inner.mode == "resign":
            return "change"
        return _WANTED.get(inner.type)
    if event_type == "THREATEN":
        return _MENACED_MODES.get(inner.mode or "") or _MENACED.get(inner.type)
    return None


def _derived(draft: Draft, by_word: dict[int, Draft], cast: Cast, sayings: Sayings) -> Iterator[Draft]:
    """The promise, threat or refusal that a future or a word like "plan" makes of a deed."""
    if draft.type in _VERBAL or not draft.sources:
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
            made = _commitment(draft)
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
            made = _commitment(draft, friendly=layer.effect in _FRIENDLY)
            if made is not None and (made != "THREATEN" or layer.effect != "intended"):
                yield _verbal(draft, made, layer.token, outer, cast, "the word commits its speaker to the deed")
            return
        if effect != "actual" and effect != "negated":
            return


def _are_forces(doers: list[str], cast: Cast) -> bool:
    """Whether all doers are soldiers of a state."""
    actors = {actor.id: actor for actor in cast.actors}
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
        mode=_mode(event_type, draft),
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


def _obliged(doc: Doc, taken: set[int], cast: Cast, sayings: Sayings) -> Iterator[Draft]:
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
    armed = {a.id for a in cast.actors if _ARMED & set(a.sectors)}
    return [t for t in grammar.undergoers(verb) if not cast.at(t) or armed & set(cast.at(t))]


def _up_to(verb: Token, saying: Saying) -> Iterator[Token]:
    """`verb` and what it depends on, as far as the statement's content goes."""
    at = verb
    while at.i in saying.content:
        yield at
        if at.head == at:
            return
        at = at.head


def _stated(doc: Doc, taken: set[int], cast: Cast, sayings: Sayings) -> Iterator[Draft]:
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


def _speaker(actor: str, saying: Saying, doc: Doc) -> Party:
    """Who speaks, with the word that names him."""
    cue = doc[saying.cue if saying.cue is not None else min(saying.content)]
    return Party(actor, saying.speaker, "speaker", cue)
