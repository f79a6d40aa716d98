"""What stands around a deed in its sentence and bears on whether it happened, from the inside out.

`layers` climbs the parse from the word that names a deed to the top of its sentence and notes each negation, auxiliary,
condition, question and embedding word on the way: for "strike" in "denied that it had threatened to strike" a threat,
then a denial. `modality` reads what stands at each word, `embedding` knows the words; `status` makes a status of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.deeds import clause_steps, embedding, lexicon, modality, noun_steps, standing
from detente.reading.deeds.embedding import Effect
from detente.reading.deeds.modality import Layer, Step

if TYPE_CHECKING:
    from spacy.tokens import Token

REPORTS: Final = frozenset({"said", "alleged", "denied"})
"""Effects that stand for somebody's word."""
_CALLED_OFF: Final = frozenset(
    {"cancel", "call", "scrap", "abort", "avert", "foil", "thwart", "abandon", "shelve", "postpone"}
)
_TOLD_OF: Final = frozenset(
    {"planned", "intended", "promised", "agreed", "offered", "demanded", "threatened", "denied"}
)
"""Effects that a relative clause can have on the deed that its noun names: "the visit that it planned"."""
ASKED: Final = Effect("hypothetical", "the sentence asks")
_IMPERATIVE: Final = Effect("demanded", "an imperative")
_WANTED: Final = Effect("demanded", "“as … demanded”: the question is about what is demanded")
_TRIED_AT_SECOND_HAND: Final = Effect("hypothetical", "what is tried is another deed")


def layers(token: Token) -> list[Layer]:
    """The layers around the deed that `token` names, innermost first.

    Past a clause or noun phrase that takes the deed for granted ("after the attack", "which had attacked") only reports
    still count: what is told is told by somebody.
    """
    own = (layer for layer in modality.own(token) if not _is_of_content(token, layer))
    found = [layer for layer in (*own, *_told_beside(token)) if not _is_carried_out(token, layer)]
    at, given = token, False
    while at.head != at:
        step = _step(at, named=at == token)
        crossed = [layer for layer in step.layers if not given or layer.effect == "said"]
        # "tried to persuade them to attack" is no attempt to attack
        direct = at == token or token in at.conjuncts
        found += [
            layer if direct or layer.effect != "attempted" else Layer(_TRIED_AT_SECOND_HAND, layer.token)
            for layer in crossed
        ]
        given = given or step.given
        if step.above.i == at.i:
            break
        at = step.above
    phrase = modality.condition_before(at) if not given else None
    if phrase is not None:
        found.append(
            Layer(clause_steps.PHRASED, phrase)
        )  # "the moment it attacks", which the parse takes for the main clause
    wanted = _wanted_in_question(token, at)
    if wanted is not None:
        found = [layer for layer in found if layer.effect not in {"future", "would"}]
        found.append(Layer(_WANTED, wanted))
        return found
    if not given and modality.is_question(at, token):
        found.append(Layer(ASKED, at))
    found = [layer for n, layer in enumerate(found) if not _is_told_already(layer, found[:n])]
    if _is_imperative(token) and (not given or _is_quoted_before(token)):
        found.append(Layer(_IMPERATIVE, token))
    made = token.pos_ == "NOUN" and given and lexicon.lemma(token) in lexicon.nouns("wish")
    return found if made else [*found, *modality.opened(token)]


def _is_of_content(verb: Token, layer: Layer) -> bool:
    """Whether a condition beside a threat, offer or demand that was made is one for what it is about."""
    if layer.effect != "conditional" or layer.token == verb or any(c.tag_ == "MD" for c in verb.children):
        return False
    made = {embedding.effect(verb, link) for link in ("to", "that")} & {*_TOLD_OF, "announced"}
    return bool(made) and verb.tag_ in {"VBD", "VBN", "VBZ", "VBP", "VBG"}


def _wanted_in_question(token: Token, top: Token) -> Token | None:
    """The verb by which somebody demands what a sentence asks about: "When will they leave, as Mali demanded?"."""
    if not modality.is_question(top, token):
        return None
    for verb in token.sent:
        has_as = any(c.dep_ in {"mark", "advmod"} and c.lower_ == "as" for c in verb.children)
        complete = any(c.dep_ in {"dobj", "ccomp", "xcomp"} for c in verb.children)
        if verb.i > token.i and has_as and not complete and embedding.of_word(lexicon.lemma(verb), "any") == "demanded":
            return verb
    return None


def _told_beside(noun: Token) -> list[Layer]:
    """What a relative clause or participle says of the deed that its noun names: "the visit that it planned"."""
    if noun.pos_ in grammar.VERBS:
        return []
    found: list[Layer] = []
    for clause in noun.children:
        if clause.dep_ not in {"relcl", "acl"} or clause.pos_ not in grammar.VERBS or not _is_about_its_noun(clause):
            continue
        effect = embedding.effect(clause, "obj")
        lemma = lexicon.lemma(clause)
        weighed = effect == "hypothetical" and embedding.of_word(lemma, "any") == "hypothetical"
        if effect is not None and (effect in _TOLD_OF or weighed or (effect == "negated" and lemma in _CALLED_OFF)):
            found += [Layer(effect, clause), *modality.own(clause)]
    return found


def _is_about_its_noun(clause: Token) -> bool:
    """Whether the noun of a relative clause or participle is its object: "that it planned", "planned by"."""
    if clause.dep_ == "acl":
        return clause.tag_ == "VBN" and not any(c.dep_ in {"mark", "aux", "nsubj", "dobj"} for c in clause.children)
    kinds = {c.dep_: c for c in clause.children if c.dep_ in {"dobj", "nsubj", "nsubjpass", "ccomp", "xcomp", "prep"}}
    if "ccomp" in kinds or "xcomp" in kinds:
        return False
    if "nsubjpass" in kinds:
        return kinds["nsubjpass"].lower_ in {"that", "which"}
    if "dobj" in kinds:
        return kinds["dobj"].lower_ in {"that", "which"}
    return "nsubj" in kinds and kinds["nsubj"].lower_ not in {"that", "which", "who"}


def _is_told_already(layer: Layer, inner: list[Layer]) -> bool:
    """Whether a negation is that of its own object: "made no arrests" denies once."""
    return layer.effect == "negated" and any(
        other.effect == "negated" and layer.token in {other.token, other.token.head} and layer.token.pos_ == "NOUN"
        for other in inner
    )


def _is_imperative(verb: Token) -> bool:
    """Whether a bare verb opens a quotation or its sentence: "Send us doctors," he said."""
    if verb.tag_ != "VB" or not (verb.dep_ in {"ROOT", "ccomp", "parataxis"} or _is_quoted_before(verb)):
        return False
    if any(c.dep_ in {"nsubj", "nsubjpass", "aux", "mark"} and c.lower_ != "do" for c in verb.children):
        return False
    first = _first_word(verb)
    return first.i == verb.i or first.lower_ in {"please", "do", "now"}


def _first_word(verb: Token) -> Token:
    return min((t for t in verb.subtree if not t.is_punct and not t.is_space), key=lambda t: t.i)


def _is_quoted_before(verb: Token) -> bool:
    """Whether a verb opens a quotation that the parse takes for a clause beside its verb of saying."""
    if verb.dep_ not in {"advcl", "csubj"} or verb.i > verb.head.i:
        return False
    first = _first_word(verb)
    return first.i > 0 and first.nbor(-1).is_quote


def _is_carried_out(noun: Token, layer: Layer) -> bool:
    """Whether a verb carries out what a modifier only puts off: "mounted its threatened invasion"."""
    if layer.effect not in noun_steps.PUT_OFF | {"agreed"} or noun.pos_ in grammar.VERBS:
        return False
    above, relation = standing.governor(noun)
    if layer.effect == "agreed":
        return relation == "subj" and _takes_effect(above)
    if relation == "subj":  # "the planned meeting took place"
        return above.tag_ == "VBD" and lexicon.lemma(above) in lexicon.nouns("occur") | {"take"}
    return relation == "obj" and lexicon.lemma(above) in lexicon.nouns("light")


def _takes_effect(verb: Token) -> bool:
    """Whether a verb tells that what was agreed has begun: "came into force", "took effect", "began"."""
    if verb.tag_ != "VBD":
        return False
    said = {t.lower_ for c in verb.children for t in (c, *c.children) if c.dep_ in {"dobj", "prep"}}
    return verb.lemma_ in {"begin", "start"} or bool(said & {"effect", "force", "hold", "place"})


def _step(at: Token, *, named: bool) -> Step:
    preposition = _lost_preposition(at)
    if preposition is not None:
        return clause_steps.prepositional(preposition)
    return clause_steps.clausal(at) if _heads_clause(at) else noun_steps.nominal(at, named=named)


def _lost_preposition(gerund: Token) -> Token | None:
    """The preposition of a gerund that the parse takes for a modifier: "cleared of looting shops"."""
    if gerund.dep_ not in {"amod", "compound"} or not gerund.lower_.endswith("ing") or gerund.i == 0:
        return None
    before, noun = gerund.nbor(-1), gerund.head
    is_bare = noun.i > gerund.i and not any(c.dep_ in {"det", "poss"} for c in noun.children)
    return before if is_bare and noun.dep_ == "pobj" and noun.head == before else None


def _heads_clause(token: Token) -> bool:
    """Whether a word is a verb or adjective, or stands where only these do ("attack" taken for a noun)."""
    if token.pos_ in grammar.VERBS or token.pos_ == "ADJ" or token.dep_ in {"ccomp", "advcl", "relcl"}:
        return True
    return any(c.dep_ == "mark" for c in token.children)
