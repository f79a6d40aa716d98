"""Who acts and who is acted on where the parse alone does not tell: stray relative clauses, bare gerunds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.language import grammar
from detente.reading.actors import Cast
from detente.reading.deeds import embedding, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

_TIMES: Final = frozenset({"after", "before", "amid", "despite", "during", "following", "since"})
_CAUTION: Final = frozenset({"warn", "caution", "advise", "argue", "speak", "appeal", "lobby", "campaign"})
_NAMES: Final = frozenset({"GPE", "NORP", "ORG", "PERSON"})
_REPROACH: Final = frozenset({"condemn", "denounce", "criticise", "criticize", "decry", "deplore"})
_PUNISHING: Final = frozenset({"impose", "slap", "levy", "place", "turn", "round", "blame"})
_CHARGING: Final = frozenset({"accuse", "suspect", "convict", "acquit", "clear", "blame", "condemn", "criticise"})


def of(verb: Token, cast: Cast) -> list[Token]:
    """The logical subjects of `verb`."""
    if is_elliptic_passive(verb):
        return []
    if verb.tag_ == "VBG" and verb.i > 0 and verb.nbor(-1).tag_ == "POS":
        return [verb.nbor(-1).head]  # "complained about Chad's arming the rebels"
    if verb.dep_ == "pcomp":
        return _of_gerund(verb)
    by_whom = _of_deed_as_subject(verb)
    if by_whom or _is_of_others(verb):
        return by_whom
    own = [c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"} and c.i < verb.i]
    if len(own) > 1 and any(c.dep_ == "case" for c in own[0].children) and any(c.dep_ == "cc" for c in own[0].children):
        return [*grammar.conjuncts(own[0]), *grammar.conjuncts(own[-1])]  # "Peru's and Chile's presidents"
    if len(own) > 1 and not grammar.is_passive(verb):
        # "Ruiz, in a call with his host, Carlos Diaz, accused": the parse makes a subject of the host
        beside = own[-1].left_edge.nbor(-1).text == "," and own[-1].nbor().text == ","
        return grammar.conjuncts(own[0] if beside else own[-1])
    found = grammar.doers(verb)
    relative = next((c for c in own if c.lower_ in {"which", "who"} and c.i >= 2 and c.nbor(-1).text == ","), None)
    if relative is None or relative.dep_ == "nsubjpass":
        return found  # "the envoy, who was not invited": he does nothing
    nearest = relative.nbor(-2)
    inside = any(nearest in grammar.phrase_tokens(t) for t in found if cast.at(t))
    if cast.at(nearest) and not inside:
        return [nearest]  # the parse hangs the clause elsewhere
    return [t for t in found if t.i < relative.i]  # "Mali, which left, and Chad, which stayed"


def undergoers(verb: Token) -> list[Token]:
    """The logical direct objects of `verb`."""
    if is_elliptic_passive(verb):
        return [m for c in verb.children if c.dep_ == "nsubj" for m in grammar.conjuncts(c)]
    found = grammar.undergoers(verb)
    if not found:
        found = _called(verb)
    if not found and verb.tag_ == "VBG":
        # "admitted bombing Chile": the parse takes the name for an adverb
        found = [c for c in verb.children if c.dep_ == "npadvmod" and c.i == verb.i + 1 and c.ent_type_ in _NAMES]
    if not found:
        # "handed in their rifles": the parse may take the particle for a preposition too
        found = [c for part in verb.children if part.dep_ == "prt" for c in part.children if c.dep_ == "pobj"]
    if not found and not grammar.is_passive(verb):
        # "found her guilty", "left him dead": the parse makes a clause of object and predicate
        small = [c for c in verb.children if c.dep_ == "ccomp" and c.pos_ == "ADJ"]
        found = [m for c in small for s in c.children if s.dep_ in {"nsubj", "compound"} for m in grammar.conjuncts(s)]
    if verb.dep_ == "relcl" and len(found) == 2 and found[1].nbor(-2).text == "," and found[1].nbor(-1).lower_ == "and":
        return found[:1]  # "Mali, which armed Chad, and Togo met": a pair takes no comma
    return found


def _called(verb: Token) -> list[Token]:
    """What somebody calls the object of `verb`, where only that is told: "bombed what it described as a rebel camp"."""
    for clause in verb.children:
        what = next((c for c in clause.children if c.lower_ == "what" and c.dep_ == "dobj"), None)
        if clause.dep_ == "ccomp" and clause.lemma_ in embedding.CALLING and what is not None:
            names = [c for c in clause.children if c.dep_ == "oprd"] or grammar.objects_of(clause, "as")
            return [member for name in names[:1] for member in grammar.conjuncts(name)]
    return []


def _of_deed_as_subject(verb: Token) -> list[Token]:
    """By whom the deed is done that is a verb's subject: Peru in "shelling by Peru wounded two"."""
    if grammar.is_passive(verb):
        return []
    return [
        doer
        for c in verb.children
        if c.dep_ == "csubj" and c.tag_ == "VBG" and not any(g.dep_ == "aux" for g in c.children)
        for doer in grammar.objects_of(c, "by")
    ]


def _is_of_others(verb: Token) -> bool:
    """Whether a gerund tells the deed of somebody else, whom nobody names: "condemned bombing Chile"."""
    alone = not any(c.dep_ in {"nsubj", "aux"} for c in verb.children)
    return verb.tag_ == "VBG" and verb.dep_ == "xcomp" and alone and verb.head.lemma_ in _REPROACH


def is_elliptic_passive(verb: Token) -> bool:
    """Whether a participle shares the auxiliary of a passive: "ten were detained and five officers injured"."""
    if verb.dep_ != "conj" or verb.tag_ not in {"VBN", "VBD"} or not grammar.is_passive(verb.head):
        return False
    kinds = {child.dep_ for child in verb.children}
    return "nsubj" in kinds and not kinds & {"dobj", "aux", "ccomp", "xcomp", "prt"} and verb.head.tag_ == "VBN"


def astray(word: Token, preposition: str) -> list[Token]:
    """What stands under a preposition that the parse has given to a word between: Chad in "filed a complaint in the
    court of the union against Chad".
    """
    for token in word.subtree:
        if token.i > word.i and token.lower_ == preposition and not _is_deed_of_its_own(token.head, word):
            return [m for c in token.children if c.dep_ == "pobj" for m in grammar.conjuncts(c)]
    return []


def _is_deed_of_its_own(noun: Token, word: Token) -> bool:
    """Whether a clause stands between two words, or a noun that tells a deed itself; not what a deed is to do: "an
    effort to end the rift between Chad and Mali".
    """
    at = noun
    while at != word:
        purpose = at.dep_ == "acl" and grammar.is_infinitive(at)
        if not purpose and (at.pos_ in grammar.VERBS or lexicon.entries(at)):
            return True
        at = at.head
    return False


def shared_object(word: Token, preposition: str) -> list[Token]:
    """What a preposition has in common with the next one: Peru in "solidarity with and support for Peru"."""
    bare = (c for c in word.children if c.lower_ == preposition and c.dep_ == "prep" and not [*c.children])
    for token in bare:
        after = token.doc[token.i + 1 : token.i + 5]
        if len(after) and after[0].dep_ == "cc":
            return [m for t in after if t.pos_ == "ADP" for c in t.children for m in grammar.conjuncts(c)]
    return []


def first_preposition(preposition: Token) -> Token:
    """The first of coordinated prepositions: "of" in "of shelling the port and of mining it"."""
    at = preposition
    while at.dep_ == "conj" and at.head.pos_ == "ADP":
        at = at.head
    return at


def _of_gerund(verb: Token) -> list[Token]:
    preposition = first_preposition(verb.head)
    above = preposition.head
    if preposition.lower_ in _TIMES and not any(c.dep_ not in {"punct", "det", "amod"} for c in verb.children):
        return []  # "aid was stopped after shelling": by whom is not told
    if preposition.lower_ == "against" and above.lemma_ in _CAUTION:
        return [m for c in above.children if c.dep_ == "dobj" for m in grammar.conjuncts(c)]
    if preposition.lower_ == "for" and above.pos_ == "VERB":
        # "lashed out at Chad for arming the rebels", "imposed sanctions on it for arming them"
        names = ("at", "against", "on") if above.lemma_ in _PUNISHING else ("at", "against")
        reproached = [t for t in grammar.objects_of(above, *names) if t.i < verb.i and t.ent_type_ != "DATE"]
        reproached += [t for thing in grammar.undergoers(above) for t in grammar.objects_of(thing, "on", "against")]
        if reproached:
            return reproached
    found = grammar.doers(verb)
    if found:
        return found
    if preposition != verb.head:
        first = next((c for c in preposition.children if c.dep_ == "pcomp"), None)
        return _of_gerund(first) if first is not None else []
    if preposition.lower_ == "of" and above.dep_ in {"dobj", "nsubjpass"} and above.head.lemma_ in _CHARGING:
        return grammar.conjuncts(above)  # the parse hangs "of" on the accused
    return []
