"""Questions about a parse, in the words that the stages of reading use.

spaCy's English labels (ClearNLP style) are known here and, where a stage needs a construction of its own, there; what
several stages ask is asked in one way. Every function takes spaCy tokens and returns tokens, in the order of the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
CLAUSES: Final = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "parataxis", "csubj", "pcomp", "xcomp"})
"""Relations under which a verb heads a clause of its own."""

SUBJECT_CONTROL: Final = frozenset(
    """promise threaten offer vow swear pledge use need have hold telephone phone visit meet write summon contact
    contribute send spend give provide launch impose deploy""".split()
)
"""Verbs whose subject does what their infinitive says, whatever their object: "promised Kyiv to help"."""

_ASKING_BY: Final = {
    "call": ("on", "upon"),
    "appeal": ("to",),
    "plead": ("with",),
    "rely": ("on", "upon"),
    "count": ("on",),
    "prevail": ("on", "upon"),
}
"""Verbs whose infinitive is done by who stands under a preposition: "called on Oman to withdraw"."""

_GIVING: Final = frozenset(
    """give award grant offer pay send deny show teach tell ask promise hand lend call name elect appoint deem leave
    make""".split()
)
"""Verbs whose passive leaves them an object: "a man given asylum", "a town called Goma"."""

_LEAVING: Final = frozenset("find leave get have see want need keep order report believe fear presume".split())
"""Verbs whose participle tells what has befallen their object, or is to: "found him shot", "wants him expelled"."""

_TRIES: Final = frozenset("attempt bid plot plan conspiracy scheme effort move campaign".split())
_THWARTING: Final = frozenset(
    """foil thwart prevent stop avert block halt defeat disrupt frustrate uncover discover detect expose condemn
    denounce criticise criticize deplore allege suspect fear""".split()
)
"""Verbs of who has no part in the attempt that they are about: "foiled a plot to bomb it"."""

_DEMANDS: Final = frozenset({"demand", "call", "order", "ultimatum"})
_WISHES: Final = _DEMANDS | {"appeal", "request", "plea", "warning"}
_ANSWERING: Final = frozenset(
    """reject dismiss ignore refuse decline rebuff resist defy brush turn accept heed meet satisfy obey face receive
    get""".split()
)
"""Verbs whose subject a demand is made of that is their object."""

TIMES: Final = frozenset(
    {"minute", "hour", "day", "week", "month", "year", "time", "moment", "instant", "deadline", "ultimatum"}
)
MONTHS: Final = tuple("January February March April May June July August September October November December".split())
RELATIVE: Final = frozenset({"who", "whom", "which", "that", "whose"})
NOUNS: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
VERBS: Final = frozenset({"VERB", "AUX"})
FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})
"""Tags of verbs that have a tense."""
_YIELDING: Final = frozenset({"face", "feel", "resist", "withstand", "defy", "ignore", "endure"})
"""Verbs of who is pressed."""
_COMPLETING: Final = frozenset({"dobj", "ccomp", "xcomp", "prt"})
"""Relations that no participle of a passive has which shares its auxiliary."""
NEGATIONS: Final = frozenset(
    {"not", "n't", "n’t", "never", "no", "neither", "nor", "without", "hardly", "none", "cannot"}
)


def conjuncts(token: Token) -> list[Token]:
    """`token` and what is coordinated with it after it: in "France, Germany and Italy", asked of France, all three."""
    found, at = [token], token
    while True:
        following = [child for child in at.children if child.dep_ == "conj" and child.i > at.i]
        if not following:
            return found
        found.extend(following)
        at = following[-1]


def first_conjunct(token: Token) -> Token:
    """The first of what a word is coordinated with; itself where it is the first."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def _has_agent(verb: Token) -> bool:
    """Whether "by" below a verb names somebody, and not by how much or when."""
    amounts = {"PERCENT", "MONEY", "CARDINAL", "QUANTITY", "DATE", "TIME"}
    by = (t for c in verb.children if c.dep_ == "prep" and c.lower_ == "by" for t in c.children if t.dep_ == "pobj")
    return any(t.ent_type_ not in amounts and t.pos_ != "NUM" for t in by)


def is_passive(verb: Token) -> bool:
    """Whether `verb` is passive: "was seized", and the bare participle of "troops seized by rebels"."""
    kinds = {child.dep_ for child in verb.children}
    if verb.tag_ == "VBD" and verb.dep_ != "conj" and "nsubj" in kinds and not kinds & {"auxpass", "nsubjpass"}:
        return False  # "protested against the ramming of a boat by a ship": the ship is no agent of "protested"
    if kinds & {"auxpass", "nsubjpass", "agent"}:
        return True
    if is_bare_predicate(verb):
        return True
    if any(child.dep_ in {"aux", "nsubj"} for child in verb.children):
        return False  # "the claim that it had seized"
    is_participle = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and _has_agent(verb))
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN" and is_participle and not kinds & _COMPLETING:
        # "had been killed or wounded"; "was met by Chad and booed by exiles", where the parse may see no participle
        return is_passive(verb.head)
    if verb.dep_ == "acl" and verb.lemma_ not in _GIVING and any(child.dep_ == "dobj" for child in verb.children):
        return False  # "strikes killed two, doctors said": the parse hangs the verb on its subject
    return verb.tag_ == "VBN" and verb.dep_ in {"acl", "amod"}


def is_bare_predicate(verb: Token) -> bool:
    """Whether a participle tells what has befallen somebody: "were found shot", "wants the envoy expelled"."""
    if verb.tag_ != "VBN" or any(child.dep_ in {"aux", "mark", "dobj"} for child in verb.children):
        return False
    if verb.dep_ == "xcomp":
        return verb.head.lemma_ in _LEAVING and verb.i > verb.head.i
    return verb.dep_ == "ccomp" and verb.head.lemma_ in _LEAVING and verb.head.i < verb.left_edge.i


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token is its own."""
    if token.lower_ in RELATIVE and token.tag_ in {"WP", "WDT", "IN", "WP$"}:
        verb = token.head.head if token.tag_ == "WP$" else token.head  # "whose tanks overran it"
        while verb.dep_ in {"xcomp", "ccomp", "conj", "aux", "prep", "pobj"} and verb.head != verb:
            verb = verb.head
        if verb.dep_ == "relcl":
            return verb.head
    return token


def is_stray(verb: Token) -> bool:
    """Whether a bare verb is coordinated with one in another form: it belongs to a complement that the parse has lost.

    In "demanding that Oman renounce its claim and cede the port" cede may hang on demanding.
    """
    if verb.tag_ != "VB" or any(c.dep_ in {"aux", "nsubj"} for c in verb.children):
        return False
    return verb.head.tag_ in {"VBG", "VBD", "VBN", "VBZ"} and not any(
        c.dep_ == "aux" and c.tag_ == "MD" for c in verb.head.children
    )


def surface_subject(verb: Token) -> Token | None:
    """The grammatical subject of `verb`: its own, or the one that control, coordination or a relative clause lends it.

    "Russia agreed to withdraw" lends Russia to "withdraw"; "Russia urged Kyiv to withdraw" lends it Kyiv; "the party,
    founded in 1990" lends the party to "founded".
    """
    seen: set[int] = set()
    while verb.i not in seen:
        seen.add(verb.i)
        own = [child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}]
        if own:
            child = own[0]
            # "the agency operating there said": the parse makes a subject of the participle
            inner = [c for c in child.children if c.dep_ == "nsubj"] if child.tag_ == "VBG" else []
            return antecedent(inner[0] if inner else child)
        head, relation = verb.head, verb.dep_
        given = _given_time(verb)
        if given is not None:
            return antecedent(given)
        if relation == "conj" and head.pos_ in VERBS:
            if is_stray(verb):
                return None
            verb = head
        elif relation in {"acl", "relcl"} and head.pos_ in NOUNS:
            # "a plan to withdraw", "troops seized": the noun, unless an infinitive makes its holder the doer.
            if relation == "acl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
                if head.dep_ == "dobj" and head.head.lemma_ in _THWARTING and head.lemma_ in _TRIES:
                    return next((c for c in head.children if c.dep_ == "poss"), None)
                if head.lemma_ == "pressure":
                    return _pressed(head)
                return _asked_of(head) if head.lemma_ in _WISHES else holder(head)
            return head
        elif relation in {"xcomp", "ccomp"} and head.pos_ in VERBS:
            controller = _object_controller(head) if relation == "xcomp" else None
            if controller is not None:
                return controller
            if relation == "ccomp" and any(c.dep_ == "mark" for c in verb.children):
                return None
            verb = head
        elif (relation == "xcomp" and head.pos_ == "ADJ") or relation == "acomp":
            # "is ready to withdraw": the adjective's own subject
            verb = head
        elif relation == "advcl" and is_infinitive(verb) and (asked := asked_by(head)):
            # "called on Oman on Sunday to withdraw", which the parse takes for a purpose
            return antecedent(asked[0])
        elif relation in {"advcl", "pcomp", "prep", "aux", "auxpass"} and head != verb:
            if relation == "advcl" and verb.tag_ not in {"VBG", "VBN", "VB"}:
                return None
            if relation == "pcomp" and head.lower_ in {"of", "for", "from", "into"} and head.head.pos_ in VERBS:
                # "accused Kyiv of shelling": the object is the doer
                controller = _object_controller(head.head)
                if controller is not None:
                    return controller
            verb = head
        else:
            return None
    return None


def _given_time(infinitive: Token) -> Token | None:
    """Who is given a time to do what an infinitive says: "gave the rebels two days to leave"."""
    verb = infinitive.head.head if infinitive.dep_ in {"acl", "relcl"} else infinitive.head
    if verb.lemma_ != "give" or not is_infinitive(infinitive):
        return None
    things = [c for c in verb.children if c.dep_ in {"dobj", "dative", "npadvmod"} and c.pos_ in NOUNS]
    whom = [c for c in things if c.lemma_.lower() not in TIMES]
    till = any(c.dep_ == "prep" and c.lower_ in {"until", "till"} for c in verb.children)
    return whom[0] if whom and (till or len(things) > len(whom)) else None


def _asked_of(demand: Token) -> Token | None:
    """Who is to do what a demand asks, not who makes it: whom it is made to, "a call to Chile to leave", or the
    subject that answers it, "Iran dismissed a demand of Peru to leave"; else nobody that the grammar tells. Who only
    asks may ask for leave to do it himself.
    """
    verb = demand.head if demand.dep_ == "dobj" else None
    told = [*objects_of(demand, "to", "on"), *(objects_of(verb, "to") if verb is not None else ())]
    if told:
        return antecedent(told[0])
    if demand.lemma_ not in _DEMANDS:
        return holder(demand)
    answered = demand.dep_ == "dobj" and demand.head.lemma_ in _ANSWERING
    return surface_subject(demand.head) if answered else None


def _pressed(pressure: Token) -> Token | None:
    """Who is to yield to a pressure: "put pressure on Chile to leave", "Chile is under pressure to leave"."""
    verb = pressure.head if pressure.dep_ == "dobj" else None
    on_whom = [*objects_of(pressure, "on"), *(objects_of(verb, "on") if verb is not None else ())]
    if on_whom:
        return antecedent(on_whom[0])
    if verb is not None:
        return surface_subject(verb) if verb.lemma_ in _YIELDING else None
    under = pressure.head
    return surface_subject(under.head) if under.lower_ == "under" and under.head.pos_ in VERBS else None


def _object_controller(verb: Token) -> Token | None:
    """The object that controls an infinitive under `verb`: Kyiv in "urged Kyiv to withdraw"."""
    if verb.lemma_ in SUBJECT_CONTROL:
        return None
    asked = asked_by(verb)
    if asked:
        return antecedent(asked[0])
    for child in verb.children:
        if child.dep_ in {"dobj", "dative", "nsubjpass"} and child.pos_ != "ADP":
            return antecedent(child)
    return None


def asked_by(verb: Token) -> list[Token]:
    """Who stands under a preposition of `verb` and is to do what its infinitive says: "called on Oman to leave".

    Not the day on which somebody was called.
    """
    if verb.lemma_ not in _ASKING_BY or any(child.dep_ == "dobj" for child in verb.children):
        return []
    found = objects_of(verb, *_ASKING_BY[verb.lemma_])
    return [token for token in found if token.ent_type_ not in {"DATE", "TIME"}]


def holder(noun: Token) -> Token | None:
    """Whose it is: the possessor, or the subject of the verb that the noun depends on ("Iran made an offer to …")."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"by", "from", "of"}:
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    return grandchild
    at = noun
    while at.head != at and at.pos_ not in VERBS:
        at = at.head
    return surface_subject(at) if at.pos_ in VERBS else None


def doers(verb: Token) -> list[Token]:
    """The logical subjects of `verb`: its subjects, or in the passive its by-phrase; each member of a coordination."""
    if is_passive(verb):
        return [
            member
            for child in verb.children
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
            for by in conjuncts(child)  # "by Chad and by Mali"
            for noun in by.children
            if noun.dep_ == "pobj"
            for member in conjuncts(noun)
        ]
    subject = surface_subject(verb)
    return conjuncts(subject) if subject is not None else []


def undergoers(verb: Token) -> list[Token]:
    """The logical direct objects of `verb`: its objects, or in the passive its subject."""
    if is_passive(verb):
        subject = surface_subject(verb)
        return conjuncts(subject) if subject is not None else []
    return [
        m
        for child in verb.children
        if child.dep_ in {"dobj", "dative"} and child.pos_ != "ADP"
        for m in conjuncts(child)
    ]


def objects_of(token: Token, *prepositions: str) -> list[Token]:
    """What stands under the named prepositions of `token`: in "talks with Iran on oil", asked for "with", Iran.

    Prepositions are coordinated too: "delegates of the government and of the rebels".
    """
    return [
        member
        for first in token.children
        if first.dep_ in {"prep", "dative", "agent"} or (first.dep_ == "conj" and first.pos_ == "ADP")
        for child in (conjuncts(first) if first.lower_ != "between" else [first])  # two pairs are not one of four
        if child.pos_ == first.pos_ and child.lower_ in prepositions
        for noun in (*child.children, *(t for of in child.children if of.lower_ == "of" for t in of.children))
        if noun.dep_ in {"pobj", "pcomp"}  # also "out of Iran", asked for "out"
        for member in conjuncts(noun)
    ]


def that_clauses(noun: Token) -> list[Token]:
    """The verbs of the clauses that say what a claim is about, also where the parse hangs them on the verb above it:
    "rejected a charge by Togo, made on Monday, that it had fired".
    """
    found = [c for c in noun.children if c.dep_ in {"acl", "relcl"} and _opens_with_that(c)]
    if found or noun.dep_ not in {"dobj", "nsubjpass"}:
        return found
    verb = noun.head
    above = [verb, *(c for c in verb.children if c.dep_ == "conj" and is_said_of_claim(c))]
    return [c for at in above for c in at.children if c.i > noun.i and _opens_with_that(c)]


def is_said_of_claim(verb: Token) -> bool:
    """Whether a verb only says that the claim before it was made: "a charge by Togo, repeated on Monday, that"."""
    bare = not any(c.dep_ in {"nsubj", "nsubjpass", "dobj", "aux"} for c in verb.children)
    return bare and verb.tag_ in {"VBN", "VBD"} and verb.lemma_ in {"make", "raise", "level", "repeat", "voice", "air"}


def _opens_with_that(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in verb.children)


def auxiliaries(verb: Token) -> list[str]:
    """The auxiliaries of `verb` in lower case: ["would", "have"]; "to" marks an infinitive."""
    return [child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}]


def first_word(verb: Token) -> Token:
    """The word that shows the tense of `verb`: its first auxiliary, or itself where none stands before it."""
    return min((verb, *(c for c in verb.children if c.dep_ in {"aux", "auxpass"})), key=lambda token: token.i)


def is_infinitive(verb: Token) -> bool:
    """Whether `verb` is an infinitive with "to"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def is_negated(token: Token) -> bool:
    """Whether `token` itself is negated: "did not seize", "no agreement", "never"."""
    for child in token.children:
        if child.dep_ == "neg" or (
            child.lower_ in NEGATIONS and child.dep_ in {"det", "advmod", "preconj", "cc"} and child.i < token.i
        ):
            return True
    return False


def clause_head(token: Token) -> Token:
    """The verb (or root) of the smallest clause around `token`."""
    at = token
    while at.head != at:
        if at.pos_ in VERBS and (at.dep_ in CLAUSES or at.dep_ == "conj"):
            return at
        at = at.head
    return at


def clause_span(token: Token) -> tuple[int, int]:
    """Character offsets of the smallest clause around `token`: the evidence of a record that rests on it.

    Clauses coordinated with it are left out, and so are punctuation and conjunctions at its edges.
    """
    head = clause_head(token)
    aside = {
        inner.i
        for child in head.children
        if child.dep_ == "conj"
        and child.pos_ in VERBS
        and not token.is_ancestor(child)
        and token.i not in (t.i for t in child.subtree)
        for inner in child.subtree
    }
    tokens = [t for t in head.subtree if t.i not in aside]
    return span_of(tokens, around=token)


def span_of(tokens: Iterable[Token], around: Token | None = None) -> tuple[int, int]:
    """Character offsets from the first to the last of `tokens`, edges trimmed of blanks, conjunctions and punctuation
    but a closing bracket that one within belongs to.

    With `around`, only the run of neighbouring tokens that holds it counts where the tokens have a gap.
    """
    kept = sorted(tokens, key=lambda t: t.i)
    if around is not None:
        start = end = next(k for k, t in enumerate(kept) if t.i == around.i)
        while start > 0 and kept[start - 1].i == kept[start].i - 1:
            start -= 1
        while end + 1 < len(kept) and kept[end + 1].i == kept[end].i + 1:
            end += 1
        kept = kept[start : end + 1]
    while len(kept) > 1 and (kept[0].is_space or kept[0].is_punct or kept[0].dep_ == "cc"):
        kept.pop(0)
    while len(kept) > 1 and (kept[-1].is_space or kept[-1].is_punct or kept[-1].dep_ == "cc"):
        if kept[-1].text == ")" and any(t.text == "(" for t in kept):
            break
        kept.pop()
    return kept[0].idx, kept[-1].idx + len(kept[-1])


def phrase_tokens(noun: Token) -> list[Token]:
    """The noun phrase of `noun` without relative clauses, appositions and coordinated phrases."""
    out: list[Token] = []
    stack = [noun]
    while stack:
        at = stack.pop()
        out.append(at)
        stack.extend(
            child
            for child in at.children
            if child.dep_ not in {"relcl", "acl", "appos", "conj", "cc", "punct", "parataxis", "advcl"}
            or (child.dep_ == "punct" and child.text == "-")
        )
    return sorted(out, key=lambda t: t.i)


def at_offset(doc: Doc, start: int, end: int) -> list[Token]:
    """The tokens of `doc` that overlap the characters from `start` to `end`."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return list(span) if span is not None else []
