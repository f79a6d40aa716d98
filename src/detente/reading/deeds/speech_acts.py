"""Deeds done by words: what is demanded, promised, threatened or refused makes a verbal event of its own.

The contract's coding rules: "agreed to withdraw" is a CONCEDE and a RETREAT promised, "vowed to strike" a THREATEN and
an ASSAULT threatened. Here the words of the lexicon are fitted to the deeds inside them; `implied` has the events that
no word of their own names, `commitments` what a deed is while it is only promised, threatened or asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente import plover
from detente.language import grammar
from detente.reading import allegiance
from detente.reading.actors import Cast
from detente.reading.deeds import blame, embedding, implied, lexicon, modality, owners, standing
from detente.reading.deeds.commitments import MENACED, VERBAL, WANTED, commitment, mode
from detente.reading.deeds.drafts import Draft
from detente.reading.deeds.roles import Party
from detente.reading.statements import Sayings

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FRIENDLY: Final = frozenset({"agreed", "offered"})
"""Effects of words that threaten nothing: who offers troops means to help."""
_TALKING: Final = frozenset({"talk", "discuss", "negotiate"})
_FIGHTING: Final = frozenset(
    "punish combat fight counter tackle resist investigate curb condemn confront repel foil".split()
)
"""Verbs by which one is against the deed that is their object."""
_HANGING: Final = frozenset({"until", "unless", "before", "if"})
_COMMITTED: Final = frozenset({"promise", "threaten"})
"""Acts by which whoever speaks commits himself."""
_OF_BOTH: Final = frozenset({"CONSULT", "AGREE", "SUPPORT"})
"""Types of which whom they reach is asked for them: "called for talks with Oman"; not "for the release of two"."""


def complete(found: list[Draft], doc: Doc, cast: Cast, sayings: Sayings) -> list[Draft]:
    """`found` with its verbal events fitted to the deeds inside them, and with those that no own word names."""
    for draft in found:
        if not draft.sources:
            draft.sources = _menacers(draft, cast, sayings)
        refusers = _refusers(draft, cast, sayings)
        if refusers:
            draft.sources, draft.targets = refusers, [*draft.sources, *draft.targets]
        if draft.type in VERBAL:
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
    derived = [new for draft in found for new in implied.from_deed(draft, by_word, cast, sayings)]
    taken = {word.i for draft in (*found, *derived) for word in draft.words}
    derived += implied.from_obligations(doc, taken, cast, sayings)
    derived += blame.find(doc, taken, cast, sayings)
    derived += implied.from_statements(doc, taken, cast, sayings)
    derived += implied.from_warnings(doc, taken, cast, sayings)
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
    verb, relation = standing.governor(inner.token)
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
    if draft.type not in MENACED or saying is None or saying.record.act not in {"warn", "threaten"}:
        return []
    speaker = saying.record.source.actor if saying.record.source is not None else None
    helpers = set(grammar.auxiliaries(verb))
    if speaker is None or not grammar.is_passive(verb) or grammar.doers(verb) or not helpers & {"will", "would"}:
        return []
    sectors = {s for a in cast.actors if a.id == speaker for s in a.sectors}
    on_condition = "GOV" in sectors and any(layer.effect == "conditional" for layer in draft.layers)
    if not (sectors & allegiance.ARMED or on_condition) or (draft.type == "ASSAULT" and draft.targets):
        return []
    return [Party(speaker, saying.speaker, "speaker", verb)]


def _refusers(draft: Draft, cast: Cast, sayings: Sayings) -> list[str]:
    """Who says that there will be nothing of the kind, and so refuses it: "said there would be no talks with Togo"."""
    noun, verb = draft.token, draft.token.head
    absent = noun.dep_ == "attr" and any(c.dep_ == "expl" for c in verb.children) and modality.is_negated(noun)
    saying = sayings.around(noun)
    if draft.type not in WANTED or len(draft.sources) > 1 or not absent or not modality.is_future(verb):
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
            draft.type = commitment(inner, friendly=bool(taken & _FRIENDLY)) or draft.type
    draft.mode = mode(draft.type, inner) or draft.mode
    if (draft.type, draft.mode) != before:
        draft.rules.append("fitted to the deed inside it")
    if draft.type in {"AGREE", "CONCEDE", "THREATEN"}:
        if not inner.sources and inner.token.pos_ not in grammar.VERBS:
            inner.sources = [a for a in draft.sources if a not in inner.targets]
        if not draft.targets:
            draft.targets = [a for a in (*inner.targets, *inner.sources) if a not in draft.sources]
    elif draft.type == "REQUEST" and not inner.sources and _are_undergoers(draft.targets, inner):
        draft.targets = []  # "demanded that the envoy be freed", "wants the envoy extradited": he is not asked
    elif draft.type == "REQUEST" and not draft.targets:
        reached = inner.targets
        if not inner.sources and inner.type not in _OF_BOTH:
            # "called for sanctions against Chad" is against Chad, "for the release of two men" against nobody
            reached = [a for a in reached if isinstance(a, Party) and a.role in {"against", "on", "at"}]
        draft.targets = [a for a in (*inner.sources, *reached) if a not in draft.sources]
    elif draft.type == "REJECT" and not draft.targets and not _is_topic(inner):
        draft.targets = [a for a in (*inner.targets, *inner.sources) if a not in draft.sources]


def _are_undergoers(targets: list[str], inner: Draft) -> bool:
    """Whether those who are asked for a deed are only those to whom it is to be done."""
    undergoers = grammar.undergoers(inner.token) if inner.token.pos_ in grammar.VERBS else []
    passive = grammar.is_passive(inner.token) and all(isinstance(a, Party) and a.token in undergoers for a in targets)
    return bool(targets) and (targets == inner.targets or passive)


def _is_topic(inner: Draft) -> bool:
    """Whether a deed is only what is not to be talked about: "refused to discuss the arrest of two men"."""
    return any(layer.effect == "hypothetical" and layer.token.lemma_ in _TALKING for layer in inner.layers)
