"""What stands around a deed in its sentence and bears on whether it happened, from the inside out.

`layers` climbs the parse from the word that names a deed to the top of its sentence and notes each negation, auxiliary,
condition, question and embedding word on the way: for "strike" in "denied that it had threatened to strike" a threat,
then a denial. `modality` reads what stands at each word, `embedding` knows the words; `status` makes a status of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.deeds import embedding, lexicon, modality, roles, subjects
from detente.reading.deeds.embedding import Effect
from detente.reading.deeds.modality import Layer

if TYPE_CHECKING:
    from spacy.tokens import Token

REPORTS: Final = frozenset({"said", "alleged", "denied"})
"""Effects that stand for somebody's word."""

_GIVEN: Final = frozenset({"the", "this", "that", "these", "those", "both", "such", "ongoing", "recent", "last"})
ANSWERS: Final = frozenset({"response", "retaliation", "reprisal", "reaction", "revenge", "answer", "reply"})
"""Nouns that tell that a deed answers another, which was done: "in response to the expulsion"."""
_MEANWHILE: Final = frozenset({"during", "after", "following", "since"})
"""Prepositions by which a deed only tells the time of another."""
_TIME_MARKS: Final = frozenset({"when", "after", "as", "once", "before", "until", "while"})
_PUT_OFF: Final = frozenset({"threatened", "planned", "promised", "offered", "demanded"})
_TRIES: Final = frozenset({"attempt", "bid", "plot"})
_SAID_OF_CLAIMS: Final = frozenset({"make", "level", "raise", "repeat", "face", "deny", "reject", "dismiss", "voice"})
_ABOUT: Final = frozenset({"on", "about", "over", "for"})
_MEANS: Final = frozenset({"by", "through", "via"})
_OPEN: Final = frozenset({"hypothetical", "future", "would", "obliged", "conditional"})
_FUTILE: Final = frozenset({"unsuccessful", "fruitless", "futile", "vain"})
_LINKING: Final = frozenset({"be", "look", "seem", "appear", "remain"})
_ANNOUNCED: Final = frozenset({"threat", "plan", "ultimatum", "intention", "decision"})
"""What can be carried out like a pledge."""

_CALLED_OFF: Final = frozenset(
    {"cancel", "call", "scrap", "abort", "avert", "foil", "thwart", "abandon", "shelve", "postpone"}
)
_ARRANGED: Final = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "SANCTION"})
"""Types of deeds that are done by plan."""
_TALKING: Final = frozenset({"talk", "discuss", "discussion", "negotiate", "negotiation"})
_TOLD_OF: Final = frozenset(
    {"planned", "intended", "promised", "agreed", "offered", "demanded", "threatened", "denied"}
)
"""Effects that a relative clause can have on the deed that its noun names: "the visit that it planned"."""

_WISHING: Final = frozenset({"want", "need", "order"})
_DOUBTS: Final = frozenset({"doubt", "doubtful", "dispute", "question", "contest"})
_EMBEDDED: Final = frozenset({"ccomp", "xcomp", "pcomp", "acl", "acomp", "csubj", "parataxis"})

ASKED: Final = Effect("hypothetical", "the sentence asks")
_IMPERATIVE: Final = Effect("demanded", "an imperative")
_OF_ANOTHER: Final = Effect("hypothetical", "expected of another")
_AS_LONG: Final = Effect("conditional", "“as long as”")
_PROVIDED: Final = Effect("conditional", "“provided that”")
_SHORT_OF: Final = Effect("negated", "“short of”: it was not done")
_INSTEAD: Final = Effect("negated", "“instead of”: it was not done")
_UNTRUE: Final = Effect("denied", "what is claimed is called untrue")
_NAUGHT: Final = Effect("negated", "it came to nothing")
_FOILED: Final = Effect("foiled", "an attempt that failed")
_YET_TO: Final = Effect("negated", "“yet to”: it is still to come")
_WHETHER: Final = Effect("hypothetical", "whether it is so is left open")
_UNKNOWN: Final = {
    "to": Effect("hypothetical", "an infinitive under a word that no row knows"),
    "that": Effect("said", "a clause under a word that no row knows"),
}
"""What a word without a row does to the clause that completes it."""

_OF_ONES_OWN: Final = Effect("hypothetical", "no other is asked: a deed that one wants to do oneself")
_GOING_THERE: Final = Effect("purpose", "going somewhere to do it")
_WHAT_FOR: Final = Effect("purpose", "an infinitive that tells what for")
_INVERTED: Final = Effect("conditional", "an auxiliary before its subject makes a condition")
_DEADLINE: Final = Effect("demanded", "who gives another a time to do it demands it")
_GETTING_READY: Final = Effect("planned", "“getting ready to”")
_NOT_GUILTY: Final = Effect("denied", "a plea of “not guilty”")
_FAR_FROM: Final = Effect("negated", "“far from”: it was not done")
_NOT_TOLD: Final = Effect("hypothetical", "it is not told or not thought that it was done")
_WHEN: Final = Effect("conditional", "a time that is still to come")
_PHRASED: Final = Effect("conditional", "words that make a condition: “in the event that”, “on condition that”")
_IN_CASE: Final = Effect("conditional", "“in case of”")
_NOT_BEFORE: Final = Effect("conditional", "“before … would”: it is held back until then")
_WHEN_ASKED: Final = Effect("conditional", "a question about a time that is still to come")
_WANTED: Final = Effect("demanded", "“as … demanded”: the question is about what is demanded")
_TRIED_AT_SECOND_HAND: Final = Effect("hypothetical", "what is tried is another deed")
_BEFORE_SPEECH: Final = Effect("said", "a clause before its verb of saying")
_OF_A_KIND: Final = Effect("hypothetical", "a bare plural in the present names deeds of a kind")


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
        found.append(Layer(_PHRASED, phrase))  # "the moment it attacks", which the parse takes for the main clause
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


@dataclass(frozen=True)
class _Step:
    """From one word up to the next: what was crossed, and whether the deed is taken for granted from there on."""

    above: Token
    layers: tuple[Layer, ...] = ()
    given: bool = False


def _is_carried_out(noun: Token, layer: Layer) -> bool:
    """Whether a verb carries out what a modifier only puts off: "mounted its threatened invasion"."""
    if layer.effect not in _PUT_OFF or noun.pos_ in grammar.VERBS:
        return False
    above, relation = roles.governor(noun)
    if relation == "subj":  # "the planned meeting took place"
        return above.tag_ == "VBD" and lexicon.lemma(above) in lexicon.nouns("occur") | {"take"}
    return relation == "obj" and lexicon.lemma(above) in lexicon.nouns("light")


def _step(at: Token, *, named: bool) -> _Step:
    preposition = _lost_preposition(at)
    if preposition is not None:
        return _prepositional_step(preposition)
    return _clause_step(at) if _heads_clause(at) else _noun_step(at, named=named)


def _lost_preposition(gerund: Token) -> Token | None:
    """The preposition of a gerund that the parse takes for a modifier: "cleared of looting shops"."""
    if gerund.dep_ not in {"amod", "compound"} or not gerund.lower_.endswith("ing") or gerund.i == 0:
        return None
    before, noun = gerund.nbor(-1), gerund.head
    is_bare = noun.i > gerund.i and not any(c.dep_ in {"det", "poss"} for c in noun.children)
    return before if is_bare and noun.dep_ == "pobj" and noun.head == before else None


def _prepositional_step(preposition: Token) -> _Step:
    """From a clause that is the object of a preposition to what that completes."""
    above, name = subjects.first_preposition(preposition).head, preposition.lower_
    is_party = above.dep_ in {"dobj", "nsubjpass"} and embedding.effect(above, name) is None
    if is_party and embedding.effect(above.head, name) in {"alleged", "denied", "negated"}:
        above = above.head  # "acquitted two Danes of spying": the parse hangs "of" on the accused
    if above.lower_ == "guilty" and name in {"to", "of"} and above.head.lemma_ == "plead":
        denied = _is_negated(above) or _is_negated(above.head)
        return _Step(above.head, (Layer(_NOT_GUILTY, above),) if denied else (), given=True)
    if above.lower_ == "far" and name == "from":
        return _Step(above, (Layer(_FAR_FROM, above),), given=True)
    if embedding.effect(above, name) is None:
        for topic in (t for c in above.children if c.dep_ == "prep" and c.i < preposition.i for t in c.children):
            # "went on trial for", "is under investigation for"
            if topic.dep_ == "pobj" and embedding.effect(topic, name) == "alleged":
                return _embedded(topic, name, preposition)
    return _embedded(above, name, preposition)


def _heads_clause(token: Token) -> bool:
    """Whether a word is a verb or adjective, or stands where only these do ("attack" taken for a noun)."""
    if token.pos_ in grammar.VERBS or token.pos_ == "ADJ" or token.dep_ in {"ccomp", "advcl", "relcl"}:
        return True
    return any(c.dep_ == "mark" for c in token.children)


def _clause_step(verb: Token) -> _Step:
    """From the verb (or adjective) of a clause to what the clause hangs on."""
    head, relation = verb.head, verb.dep_
    condition = _condition_at(verb)
    if condition is not None:
        return _Step(head, (condition,), given=True)
    if relation == "advcl" and head.lower_ == "long":
        return _Step(head, (Layer(_AS_LONG, head),), given=True)  # "as long as they agree"
    if relation == "ccomp" and head.dep_ == "conj" and grammar.is_said_of_claim(head):
        # "dismissed a charge by Togo, made on Monday, that it had fired"
        claims = [c for c in head.head.children if verb in grammar.that_clauses(c)]
        if claims:
            return _embedded(claims[0], "that", None)
    if relation == "conj":
        lost = _verb_above(verb)
        if lost is not None:
            return _Step(lost, tuple(modality.shared(verb, lost)))
        if grammar.is_stray(verb) and embedding.effect(head, "to") is not None:
            return _embedded(head, "to", None)
        return _Step(head, tuple(modality.shared(verb, head)))
    is_about_noun = embedding.effect(head, "acl") is not None or embedding.effect(head, "that") is not None
    if relation == "acl" and _is_that_clause(verb) and not is_about_noun:
        # "it was alleged at the inquest that": the parse hangs the clause on the nearest noun
        above, _ = roles.governor(head)
        if above.pos_ in grammar.VERBS and embedding.effect(above, "that") is not None:
            return _embedded(above, "that", None)
    if relation in {"relcl", "acl"} and head.lemma_ in grammar.TIMES and _is_one_of_a_row(head):
        return _Step(head, given=True)  # "the first time that envoys have been abducted"
    if relation in {"relcl", "acl"} and _is_content(verb):
        return _embedded(head, "acl" if embedding.effect(head, "acl") is not None else "that", None)
    if relation == "advcl" and _is_that_clause(verb) and embedding.effect(head, "that") is not None:
        return _embedded(head, "that", None)
    if relation == "relcl" and grammar.is_infinitive(verb) and not _is_one_of_a_row(head):
        return _embedded(head, "to", None)  # "saw no reason to meet", "legislation to expel"
    if relation in {"relcl", "advcl"} or (relation == "acl" and not grammar.is_infinitive(verb) and verb.tag_ != "VB"):
        return _adjunct_step(verb)
    if relation in {"ccomp", "parataxis"} and any(
        t.text == ";" for t in verb.doc[min(verb.i, head.i) : max(verb.i, head.i)]
    ):
        return _Step(head, given=True)
    if relation == "ccomp" and any(c.lower_ in {"why", "how"} and c.dep_ == "advmod" for c in verb.children):
        return _Step(head, given=True)  # "asked to explain why they refused"
    if relation == "pcomp" and head.lower_ == "of" and any(c.lower_ == "short" for c in head.head.children):
        return _Step(head, (Layer(_SHORT_OF, head),), given=True)  # "stopped short of asking"
    if relation == "pcomp" and any(c.lower_ == "instead" for c in head.children):
        return _Step(head, (Layer(_INSTEAD, head),), given=True)  # "instead of attacking"
    if relation == "pcomp" and head.lower_ == "from" and any(c.lower_ == "far" for c in head.children):
        return _Step(head, (Layer(_FAR_FROM, head),), given=True)  # "far from having agreed"
    if relation == "pcomp" or (relation == "prep" and head.dep_ != "prep"):
        if relation == "prep" or subjects.first_preposition(head).head == head:
            return _Step(head, tuple(modality.own(head)))
        return _prepositional_step(head)
    if relation == "amod":
        return _Step(head, given=True)
    if _is_yet_to(verb):
        return _Step(head, (Layer(_YET_TO, head),))
    if relation in _EMBEDDED or head.pos_ in grammar.VERBS:
        return _embedded(head, _link(verb), None)
    return _Step(head)


def _is_one_of_a_row(noun: Token) -> bool:
    """Whether a noun is told apart by what it was the first, the last or the only one to do."""
    return any(
        c.tag_ in {"JJS", "RBS"} or c.ent_type_ == "ORDINAL" or c.lower_ in {"first", "last", "only", "latest"}
        for c in noun.children
    )


def _is_that_clause(verb: Token) -> bool:
    that = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    return that is not None and that.i > 0 and that.nbor(-1).lower_ not in {"so", "now", "such", "given"}


def _condition_at(verb: Token) -> Layer | None:
    """What makes a clause a condition wherever the parse hangs it; a relative or adverbial clause has its own rules."""
    phrase = modality.condition_before(verb)
    if phrase is not None:
        return Layer(_PHRASED, phrase)
    if verb.dep_ not in {"ccomp", "xcomp", "conj", "pcomp", "acl", "parataxis"}:
        return None
    for mark in verb.children:
        if mark.dep_ == "mark" and mark.lower_ in {"if", "unless"} and mark.i < verb.i:
            if mark.lower_ == "if" and embedding.effect(verb.head, "whether") is not None:
                return None  # "asked if they had attacked"
            effect = embedding.of_word(mark.lower_, "mark")
            return Layer(effect, mark) if effect is not None else None
    return None


def _verb_above(verb: Token) -> Token | None:
    """The verb with which one is coordinated that the parse hangs on a noun: "had starved the town or bombed it"."""
    at = verb.head
    if verb.pos_ != "VERB" or at.pos_ not in {"NOUN", "PROPN"} or verb.tag_ not in {"VBN", "VBD", "VB"}:
        return None
    while at.pos_ not in grammar.VERBS and at.head != at:
        at = at.head
    return at if at.pos_ in grammar.VERBS and at.i < verb.i else None


def _is_content(clause: Token) -> bool:
    """Whether a clause says what its noun is about ("the claim that it fired") or which ("the claim that he made")."""
    that = next((c for c in clause.children if c.lower_ == "that"), None)
    if that is None:
        return False
    if that.dep_ == "mark":
        return True
    known = embedding.effect(clause.head, "that") or embedding.effect(clause.head, "acl")
    about = known is not None and lexicon.lemma(clause) not in _SAID_OF_CLAIMS
    return about and any(c.dep_ in {"nsubj", "nsubjpass"} and c != that for c in clause.children)


def _is_yet_to(verb: Token) -> bool:
    """Whether a deed is still to come: "has yet to sign"."""
    if not grammar.is_infinitive(verb) or verb.head.lemma_ not in {"have", "be"}:
        return False
    return any(c.lower_ == "yet" for c in (*verb.children, *verb.head.children))


def _link(verb: Token) -> str:
    """How the clause of `verb` hangs on its head."""
    if any(c.dep_ == "mark" and c.lower_ in {"whether", "if"} for c in verb.children):
        return "whether"
    if grammar.is_infinitive(verb):
        return "to"
    if grammar.is_bare_predicate(verb):
        if verb.head.lemma_ in _WISHING:
            return "to"  # "wants him expelled"
        return (
            "that" if embedding.effect(verb.head, "that") is not None else "made"
        )  # "reported killed", "had him shot"
    if verb.tag_ == "VBG" and not any(c.dep_ in {"aux", "nsubj"} for c in verb.children):
        return "ing"
    helpers = [c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    if verb.tag_ == "VBN" and helpers == ["being"]:
        return "ing"  # "faces being expelled"
    if _is_subjunctive(verb):
        return "bare"
    return "that"


def _is_subjunctive(verb: Token) -> bool:
    """Whether a finite clause stands in the subjunctive: "insisted that the junta lift the curfew"."""
    if any(c.dep_ == "aux" for c in verb.children):
        return False
    singular = any(c.dep_ == "nsubj" and c.tag_ in {"NN", "NNP"} and not c.conjuncts for c in verb.children)
    return verb.tag_ == "VB" or (verb.tag_ == "VBP" and singular and verb.lower_ == verb.lemma_)


def _embedded(head: Token, link: str, preposition: Token | None) -> _Step:
    """Through the word that a clause completes: its effect, and what stands around itself."""
    effect = embedding.effect(head, link)
    if effect is None and link == "that" and head.lower_ in {"provided", "providing"} and head.dep_ != "ROOT":
        effect = _PROVIDED
    if link == "to" and head.lemma_ == "give" and _is_given_time(head):
        effect = _DEADLINE
    if effect is None and link == "bare":
        effect, link = embedding.effect(head, "that"), "that"
    if effect is None and preposition is not None:
        effect = embedding.of_word(preposition.lower_, "prep")
    if link == "whether":
        # whether it is said or not said, known or not known, leaves it as open
        return _Step(head, (Layer(effect if effect == "hypothetical" else _WHETHER, head),), given=True)
    if effect == "offered" and head.lower_ in {"ready", "prepared"} and head.head.lemma_ in {"get", "make"}:
        effect = _GETTING_READY
    if lexicon.lemma(head) in _DOUBTS and effect in {"hypothetical", "denied"} and link == "that" and _is_negated(head):
        return _Step(head)  # "nobody doubts that": a fact
    if (
        effect == "hypothetical"
        and head.lemma_ in {"allow", "permit"}
        and grammar.is_passive(head)
        and head.tag_ == "VBN"
    ):
        return _Step(head, tuple(modality.own(head)))  # who was allowed to did
    if effect is None and head.lemma_ != "be" and head.pos_ != "AUX":
        effect = _UNKNOWN.get(link)
    if effect == "demanded" and link == "to" and head.pos_ == "VERB" and not _asks_another(head):
        effect = embedding.effect(head, "purpose") or _OF_ONES_OWN  # "wants to join", "called him to apologise"
    if effect == "planned" and head.lemma_ == "expect" and (grammar.is_passive(head) or _asks_another(head)):
        effect = _OF_ANOTHER  # "expects Finland to", "is expected to"
    if effect == "future" and head.lemma_ == "go" and head.tag_ != "VBG":
        effect = _GOING_THERE  # "went to talk"
    if effect == "presupposed":
        return _Step(head, given=True)
    if preposition is not None and effect is None:
        # "after attacking", "by killing": told as a fact beside the main clause; what it is done by is put off with it,
        # "may strike by firing", but not denied with it
        means = preposition.lower_ in _MEANS
        shared = tuple(layer for layer in modality.own(head) if means and layer.effect in _OPEN)
        return _Step(head, shared, given=not means and preposition.lower_ not in {"in", "of", "into"})
    if link in {"that", "ing", "bare"} and effect in {None, "fact"} and head.pos_ not in {"AUX", "ADJ"}:
        # "did not know that", "regretted attacking": true whatever the main verb's own negation
        factive = effect == "fact" and link == "that"
        return _Step(head, () if factive else tuple(modality.own(head)), given=factive)
    crossed = (Layer(effect, head),) if effect not in {None, "fact"} else ()
    around: list[Layer] = list(modality.own(head))
    if link == "that" and effect in {"said", "suggested", "hypothetical", "alleged"} and head.pos_ == "VERB":
        # "nothing suggests that": what is not told is not told to be untrue
        around = [Layer(_NOT_TOLD, layer.token) if layer.effect == "negated" else layer for layer in around]
    return _Step(head, (*crossed, *around))


def _asks_another(verb: Token) -> bool:
    """Whether a verb of asking names whom it asks: "urged Oman to", "called on Oman to", "want Oman to"."""
    if verb.lemma_ == "call":
        return any(child.lower_ in {"on", "upon", "for"} for child in verb.children)
    return any(
        child.dep_ in {"dobj", "dative", "nsubjpass", "prep"}
        or (child.dep_ in {"ccomp", "xcomp"} and any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children))
        for child in verb.children
    )


def _adjunct_step(verb: Token) -> _Step:
    """Out of a relative or adverbial clause: a condition, a purpose, or something told beside the main clause."""
    head = verb.head
    marks = [c for c in verb.children if c.dep_ in {"mark", "advmod"} and c.i < verb.i]
    for mark in marks:
        effect = embedding.of_word(mark.lower_, "mark")
        if effect is not None and mark.dep_ == "mark":
            return _Step(head, (Layer(effect, mark),), given=True)
    is_moment = head.dep_ == "npadvmod" and lexicon.lemma(head) in grammar.TIMES
    if is_moment and verb.dep_ == "relcl" and modality.is_future(head.head) and not _is_past(verb):
        return _Step(head, (Layer(_WHEN, verb),), given=True)  # "the moment it attacks, they will"
    if verb.dep_ == "advcl":
        helpers = [c for c in verb.children if c.dep_ == "aux"]
        if any(h.lower_ in modality.INVERTED for h in helpers) and modality.is_inverted(verb):
            return _Step(head, (Layer(_INVERTED, helpers[0]),), given=True)
        if grammar.is_infinitive(verb):
            asked = head.pos_ == "VERB" and embedding.effect(head, "to") == "demanded" and bool(grammar.asked_by(head))
            wished = any(m.lower_ == "for" for m in marks)  # "is calling for the ban to be lifted"
            effect = embedding.effect(head, "for") if wished else None
            effect = effect or (embedding.effect(head, "purpose") if not asked else None)
            effect = effect or embedding.effect(head, "to") or _WHAT_FOR
            if head.lemma_ == "give" and _is_given_time(head):
                effect = _DEADLINE
            crossed = () if effect == "fact" else (Layer(effect, head),)
            return _Step(head, (*crossed, *modality.own(head)))
        is_now = verb.tag_ in {"VBZ", "VBP"} and not any(c.dep_ in {"aux", "auxpass"} for c in verb.children)
        if any(m.lower_ in _TIME_MARKS for m in marks) and verb.tag_ in {"VBZ", "VBP"} and modality.is_future(head):
            return _Step(head, (Layer(_WHEN, verb),), given=True)
        if is_now and any(m.lower_ in _TIME_MARKS and any(c.lower_ == "only" for c in m.children) for m in marks):
            return _Step(head, (Layer(_WHEN, verb),), given=True)
        if is_now and any(m.lower_ == "when" for m in marks) and modality.is_question(head, verb):
            return _Step(head, (Layer(_WHEN_ASKED, verb),), given=True)
        if any(m.lower_ == "before" for m in marks) and modality.is_future(verb):
            return _Step(head, (Layer(_NOT_BEFORE, verb),), given=True)
        if verb.tag_ == "VBG" and not marks and not any(c.dep_ == "nsubj" for c in verb.children):
            if embedding.effect(head, "ing") is not None and not any(t.text == "," for t in verb.doc[head.i : verb.i]):
                return _embedded(head, "ing", None)  # "ruled out sending troops"
            for earlier in head.children:
                # "accused it of burning villages, killing farmers": the parse hangs the second on accused
                if earlier.dep_ == "prep" and earlier.i < verb.i and any(c.dep_ == "pcomp" for c in earlier.children):
                    return _embedded(head, earlier.lower_, earlier)
            # "withdrew, ending the war": as real as the main clause
            return _Step(head, tuple(modality.own(head)))
        if _is_speech(head) and verb.i < head.i and not marks:
            return _Step(head, (Layer(_BEFORE_SPEECH, head), *modality.own(head)))
    if lexicon.lemma(head) in lexicon.nouns("claim") and embedding.effect(verb, "that") in {"said", "alleged"}:
        return _Step(head, tuple(modality.own(verb)))  # "a dispatch which claimed that": what becomes of it counts
    return _Step(head, given=True)


def _is_past(verb: Token) -> bool:
    finite = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}] or [verb]
    return any(t.tag_ == "VBD" for t in finite)


def _is_given_time(verb: Token) -> bool:
    """Whether somebody is given a time: "gave the crews until May", "gave them two weeks"."""
    return any(
        (c.dep_ == "prep" and c.lower_ in {"until", "till"})
        or (c.dep_ in {"dobj", "npadvmod"} and lexicon.lemma(c) in grammar.TIMES)
        for c in verb.children
    )


def _is_negated(token: Token) -> bool:
    return any(layer.effect == "negated" for layer in modality.own(token))


def _is_called_false(noun: Token, above: Token, relation: str) -> bool:
    """Whether what a noun claims is called untrue: "claims … are false", "called reports … a fabrication"."""
    if lexicon.lemma(noun) not in lexicon.nouns("claim"):
        return False
    if relation in {"as", "obj"} and above.pos_ in grammar.VERBS:
        # "described as baseless a report that", which the parse takes for a baseless report
        named = any(
            {c.lower_, lexicon.lemma(c)} & lexicon.nouns("falsehood")
            and any(t.lower_ == "as" for t in noun.doc[above.i : c.i])
            for t in (noun, above, *above.children)
            for c in t.children
            if above.i < c.i
        )
        if named:
            return True
    if relation in {"in", "to", "for", "behind"} and lexicon.lemma(above) in {
        "truth",
        "substance",
        "basis",
        "foundation",
    }:
        return _is_negated(above) or _is_negated(above.head)
    return (relation == "subj" and embedding.is_false(above)) or (relation == "obj" and embedding.calls_false(above))


def _came_to_nothing(copula: Token) -> bool:
    return any(c.dep_ in {"acomp", "oprd"} and c.lower_ in _FUTILE for c in copula.children)


def _put_off(copula: Token) -> Layer | None:
    """What puts the subject of a copula off: "the talks are due to open", "a withdrawal looks possible"."""
    if copula.lemma_ not in _LINKING:
        return None
    for predicate in copula.children:
        if predicate.dep_ in {"acomp", "oprd"}:
            inner = [c for c in predicate.children if c.dep_ == "xcomp"]
            happens = any(lexicon.lemma(c) in lexicon.nouns("occur") for c in inner)
            effect = embedding.effect(predicate, "to") if happens else embedding.effect(predicate, "that")
            if effect is not None and (happens or (effect == "hypothetical" and not inner)):
                return Layer(effect, predicate)
    return None


def _is_naught(verb: Token) -> bool:
    return any(t.lower_ in {"nothing", "naught", "nought"} for t in grammar.objects_of(verb, "to"))


def _noun_step(noun: Token, *, named: bool = False) -> _Step:
    """From a noun to what its phrase hangs on; `named` where it names the deed itself."""
    above, relation = roles.governor(noun)
    if above.pos_ == "ADV" and above.dep_ == "advmod" and above.head.pos_ in grammar.VERBS:
        above = above.head  # "backed away from its threat"
    if above.i == noun.i or relation == "ROOT":
        return _Step(above)
    if named and lexicon.lemma(noun) in lexicon.nouns("wish") and any(c.dep_ == "poss" for c in noun.children):
        return _Step(above, given=True)  # "rejects the minister's request": it was made
    if named and lexicon.lemma(noun) in lexicon.nouns("claim") and _is_denied(noun, above):
        return _Step(above, given=True)  # "dismissed an accusation by Togo": it was made
    link = next(
        (kind for kind in ("claim", "pledge") if relation == "obj" and lexicon.lemma(noun) in lexicon.nouns(kind)),
        relation,
    )
    if lexicon.lemma(noun) in lexicon.nouns("pledge") | _ANNOUNCED:
        link = "pledge" if relation == "obj" else f"pledge-{relation}"
        if embedding.of_word(lexicon.lemma(above), link) is None and embedding.effect(above, link) is None:
            link = relation
    if relation == "of" and lexicon.lemma(above) == "case" and above.head.lower_ == "in" and not _is_given(noun):
        return _Step(above, (Layer(_IN_CASE, above),), given=True)
    if _is_called_false(noun, above, relation):
        return _Step(above, (Layer(_UNTRUE, above),), given=True)
    if relation == "subj" and not named and _came_to_nothing(above):
        return _Step(above, (Layer(_NAUGHT, above),), given=True)  # "the move to expel them was unsuccessful"
    put_off = _put_off(above) if relation == "subj" else None
    if put_off is not None:
        return _Step(above, (put_off, *modality.own(above)))
    if relation in {"compound", "nmod", "poss", "amod"}:
        effect = embedding.effect(above, "of")
        return _Step(above, (Layer(effect, above),) if effect not in {None, "fact", "presupposed"} else ())
    effect = embedding.effect(above, link) or (embedding.effect(above, "obj") if link != relation else None)
    if relation == "subj" and above.lemma_ == "come" and _is_naught(above):
        effect = _NAUGHT
    if effect == "negated" and lexicon.lemma(noun) in _TRIES:
        effect = _FOILED
    if lexicon.lemma(noun) == "responsibility":
        effect = None  # to claim it is to admit
    if effect == "said" and link == "obj" and lexicon.lemma(noun) in lexicon.nouns("wish"):
        effect = None  # who repeats a demand makes it, and reports nothing
    if named and relation in {"after", "following", "upon"} and _is_to_come(noun, above):
        return _Step(above, (Layer(_WHEN, above),), given=True)
    preposition = embedding.of_word(relation, "prep")
    if effect is None and preposition is not None:
        effect = preposition
    if effect is None and relation in _ABOUT:
        topics = [c for c in above.children if c.dep_ == "dobj" and c.i < noun.i]
        effect = next((found for topic in topics if (found := embedding.effect(topic, relation)) is not None), None)
    if effect == "presupposed":
        return _Step(above, given=True)
    if (
        effect in _PUT_OFF | {"hypothetical", "intended"}
        and lexicon.lemma(noun) in lexicon.nouns("claim")
        and not named
    ):
        return _Step(above, given=True)  # "wants an answer to reports that": they were made
    if effect == "alleged" and relation in {"into", "over"} and above.pos_ not in grammar.VERBS:
        return _Step(above, (Layer(effect, above),), given=True)  # "demanded an inquiry into": there is a suspicion
    known = effect == "hypothetical" and _is_given(noun) and not (named and _is_open(noun, above))
    if known or (effect == "said" and link != "obj"):
        return _Step(above, given=True)
    if relation == "to" and lexicon.lemma(above) in ANSWERS:
        return _Step(above, given=True)
    if effect is None and relation in _MEANWHILE and _is_given(noun):
        return _Step(above, given=True)  # "plans for a fund during his visit": it took place, whatever the plans are
    if effect is None and relation == "obj" and _is_of_a_kind(noun, above):
        effect = _OF_A_KIND
    crossed = (Layer(effect, above),) if effect not in {None, "fact"} else ()
    if above.pos_ not in grammar.VERBS:
        return _Step(above, (*crossed, *(modality.own(above) if crossed else ())))
    if crossed or _lends(above, relation) or not (_is_given(noun) or relation not in {"obj", "subj", "attr", "acomp"}):
        return _Step(above, (*crossed, *modality.own(above)))
    return _Step(above, given=True)


def _is_open(noun: Token, above: Token) -> bool:
    """Whether a deed that is talked about may be still to come: the arrest in "talk about the arrest of two men"."""
    kinds = {sense.type for sense in lexicon.entries(noun)} - {None}
    whose = any(c.dep_ == "poss" or c.lower_ in {"by", "last", "recent"} for c in noun.children)
    return lexicon.lemma(above) in _TALKING and bool(kinds) and kinds <= _ARRANGED | {"COERCE"} and not whose


def _is_to_come(noun: Token, verb: Token) -> bool:
    """Whether a deed after which something will be done is still to come: "will open after the first withdrawal".

    What is done to harm is not planned with others: "will mourn after the attack" tells of one that was.
    """
    if verb.pos_ not in grammar.VERBS or not modality.is_future(verb):
        return False
    kinds = {sense.type for sense in lexicon.entries(noun)} - {None}
    return bool(kinds) and kinds <= _ARRANGED


def _is_denied(claim: Token, verb: Token) -> bool:
    """Whether a verb denies a claim, and not that it was made: "denied an accusation that", "rejects the charge of"."""
    about = grammar.that_clauses(claim) or grammar.objects_of(claim, "of", "by", "from")
    return bool(about) and embedding.effect(verb, "claim") == "denied"


def _is_of_a_kind(noun: Token, verb: Token) -> bool:
    """Whether a bare plural in the present names deeds of a kind: "the treaty covers attacks on ships"."""
    if verb.tag_ not in {"VBZ", "VBP"} or noun.tag_ != "NNS" or _lends(verb, "obj"):
        return False
    told = lexicon.lemma(verb) in lexicon.nouns("undergo") or any(c.dep_ == "aux" for c in verb.children)
    return not told and not any(c.dep_ in {"det", "poss", "nummod"} for c in noun.children)


def _lends(verb: Token, relation: str) -> bool:
    """Whether `verb` only says that the deed took place: "held talks", "the attack occurred", "is under attack"."""
    name = lexicon.lemma(verb)
    if relation == "subj" and name == "be" and any(c.dep_ == "acomp" for c in verb.children):
        return False  # "the arrests were motivated by": taken for granted where they are known
    if relation in {"obj", "attr", "in", "into", "on", "under"}:
        return (
            name in lexicon.nouns("light") | lexicon.nouns("cause")
            or verb.pos_ == "AUX"
            or name in {"be", "come", "go", "put", "place"}
        )
    return relation == "subj" and (name in lexicon.nouns("occur") or name == "be")


def _is_given(noun: Token) -> bool:
    """Whether a phrase points at something known: "the attack", "Iran's attack"."""
    return any(c.dep_ == "poss" or (c.dep_ in {"det", "amod"} and c.lower_ in _GIVEN) for c in noun.children)


def _is_speech(verb: Token) -> bool:
    return embedding.of_word(lexicon.lemma(verb), "any") == "said"
