"""Words by which somebody takes a position, and where their grammar puts who takes it and what it is about.

data/positions.csv holds the words. A `Bid` is tokens still: whose it is and whether it counts is for `positions`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Final
from typing import cast as typed

from detente.language import grammar
from detente.reading.deeds import clause_steps, lexicon, standing
from detente.reading.tables import Reason, Row, rows
from detente.reading.wants import addressees, hinges, wording
from detente.records import PositionAct

if TYPE_CHECKING:
    from spacy.tokens import Token

_VOICING: Final = frozenset(
    """make issue voice repeat reiterate reaffirm renew express emphasize emphasise stress underline underscore signal
    show articulate indicate outline extend send deliver present submit lay set confirm restate maintain campaign run
    give declare put table""".split()
)
"""Verbs that lend their subject to a position that a noun names: "renewed an offer", "campaigned on a promise"."""

_NEGATIVE: Final[dict[PositionAct, PositionAct]] = {"offer": "refuse", "promise": "refuse", "support": "oppose"}
"""What a negation makes of a position; a demand that is not made is none."""

_ASIDES: Final = frozenset({"part", "sake", "example", "instance", "fear", "lack", "want"})
"""What stands under "for" and says nothing of what is wanted: "for its part", "for fear of war"."""

_DIRECTIVE: Final = frozenset({"must", "should", "ought"})
_INFINITIVES: Final = frozenset({"xcomp", "ccomp", "advcl", "acl"})

_OF_ONES_OWN: Final[frozenset[PositionAct]] = frozenset({"promise", "refuse"})
"""Acts about what one's own side will do: "pledged that the army would leave" promises the army nothing."""


@dataclass(frozen=True)
class Entry:
    """One word of data/positions.csv; its head explains the fields."""

    act: PositionAct
    particle: str | None
    takes: frozenset[str]
    prepositions: frozenset[str]
    of: tuple[str, ...]
    objects: frozenset[str]
    denied: bool
    row: Row


@dataclass(frozen=True)
class Bid:
    """A position as the words have it. `contents` are the heads of what it is about, a coordination's members apart."""

    act: PositionAct
    trigger: Token
    owners: tuple[Token, ...]
    of: tuple[Token, ...]
    contents: tuple[Token, ...]
    negated: bool = False
    given: bool = False
    """Whether the words take it for granted: a rejection does not unmake "Oman's offer"."""
    bare: bool = False
    """Whether nothing says what it is about, so that it counts only with a condition."""
    aside: tuple[Token, ...] = ()
    """What stands among the words of the content and is no part of it: "from Niger" in "an apology from Niger"."""
    until: Token | None = None
    """Where the words of the content end, though the parse goes on."""
    ground: Token | None = None
    """The head of its condition, where the word itself takes one: "made it conditional on a truce"."""
    disposed: bool = False
    """Whether "would" is part of the words: "would welcome it"."""
    because: Reason = ""
    """What makes a position of the words."""


def find(token: Token) -> Bid | None:
    """The position that `token` reports, if it does."""
    if token.lower_ in hinges.CONDITIONAL:
        bid = _conditional(token)
        if bid is not None:
            return bid
    if token.pos_ == "NOUN":
        return _first(_noun, token, _table().get((lexicon.lemma(token), "n"), ()))
    if token.tag_ in {"JJ", "VBN"} and (token.lower_, "a") in _table() and token.dep_ not in {"amod", "compound"}:
        bid = _first(_adjective, token, _table()[(token.lower_, "a")])
        if bid is not None:
            return bid
    if token.pos_ == "VERB" and token.dep_ not in {"amod", "compound"}:
        return _first(_verb, token, _table().get((lexicon.lemma(token), "v"), ()))
    return None


def _first(reader: Callable[[Token, Entry], Iterator[Bid]], token: Token, entries: tuple[Entry, ...]) -> Bid | None:
    return next((replace(bid, because=entry.row) for entry in entries for bid in reader(token, entry)), None)


def _conditional(word: Token) -> Bid | None:
    """What somebody makes depend on something: "made talks conditional on a truce"."""
    verb = word.head
    while verb.head != verb and verb.pos_ not in grammar.VERBS:
        verb = verb.head
    grounds = grammar.objects_of(word, "on", "upon") or grammar.objects_of(verb, "on", "upon")
    if lexicon.lemma(verb) != "make" or not grounds or grammar.is_negated(verb):
        return None
    things = [t for t in grammar.undergoers(verb) if t.i < word.i and t.pos_ in grammar.NOUNS]
    things = things or [c for c in word.children if c.i < word.i and c.pos_ in grammar.NOUNS]
    if not things:
        return None
    owners = tuple(grammar.doers(verb))
    reason = "one thing is made conditional on another"
    return Bid("condition", verb, owners, (), tuple(things), aside=(word,), ground=grounds[0], because=reason)


def _verb(verb: Token, entry: Entry) -> Iterator[Bid]:
    children = list(verb.children)
    if entry.particle and not any(c.lower_ == entry.particle and c.dep_ in {"prt", "advmod", "aux"} for c in children):
        return
    host = _seen(verb) if "s" in entry.takes or "want" in entry.row.cells["words"].split() else verb
    contents = _complements(host, entry)
    if not contents:
        return
    act = _act(entry.act, verb)
    if act is None:
        return
    of = list(_addressees(host, entry, contents))
    if act == "demand" and not of and any(_is_infinitive(c) and not addressees.has_subject(c) for c in contents):
        return  # "wants to leave", "demanded to see it": a deed of one's own
    of = of or addressees.inside(act, verb, contents)
    none = any(none_of(content) is not None for content in contents)
    if none:  # "offered no help"
        turned = _NEGATIVE.get(act) if not _is_negated(verb) else None
        if turned is None:
            return
        act = turned
    if act in {"offer", "promise"} and not of:
        # "offered Sudan help": the parse may make one phrase of both
        of = [c for t in contents for c in t.children if c.dep_ == "compound" and c.i == verb.i + 1 and c.ent_type_]
    yield Bid(
        act=act,
        trigger=verb,
        owners=tuple(grammar.doers(verb)),
        of=tuple(of),
        contents=tuple(contents),
        negated=none or _is_negated(verb),
        disposed=entry.particle == "would",
        aside=tuple(t for content in contents for t in addressees.told_aside(content, verb, of)),
    )


def none_of(noun: Token) -> Token | None:
    """The word that says that there is none of what a noun names: "no concessions", "neither proposal"."""
    if noun.pos_ not in grammar.NOUNS:
        return None
    return next((c for c in noun.children if c.lower_ in {"no", "neither"} and c.i < noun.i), None)


def _seen(verb: Token) -> Token:
    """The verb that what is wanted hangs on: "wants to see the ban lifted" wants it lifted."""
    return next((c for c in verb.children if c.dep_ == "xcomp" and lexicon.lemma(c) == "see"), verb)


def _complements(verb: Token, entry: Entry) -> list[Token]:
    children = list(verb.children)
    clauses = [c for c in children if c.dep_ == "ccomp" and c.i > verb.i and _is_content_clause(c)]
    if "c" in entry.takes or ("d" in entry.takes and any(_is_directive(c) for c in clauses)):
        found = [c for c in clauses if "c" in entry.takes or _is_directive(c)]
        # "that Kyiv renounce": the parse may make nouns of the verbs
        found += [c for c in children if c.dep_ == "dobj" and _opens_with_that(c)]
        if found:
            return [*_members(found), *_strays(verb)]
    if "s" in entry.takes:
        found = [c for c in clauses if _is_outcome(c)]
        if found:
            return _members(found)
    if "i" in entry.takes:
        found = [c for c in children if c.dep_ in _INFINITIVES and _is_infinitive(c) and c.i > verb.i]
        found = [c for c in found if c.dep_ != "advcl" or "obj" in entry.of or _is_for_whom(c)]
        if found:
            return [*_members(found[:1]), *_strays(verb)]
    if "g" in entry.takes:
        found = [c for c in children if c.tag_ == "VBG" and _is_gerund_object(c, verb)]
        if found:
            return _members(found)
    if "o" in entry.takes:
        things = [
            t
            for t in map(grammar.antecedent, grammar.undergoers(verb))
            if t.pos_ in {"NOUN", "PROPN"} and t.ent_type_ != "DATE"
        ]
        if len(things) > 1 and things[0].dep_ == "dative":  # "offered Britain a transition"
            things = [t for t in things if t.dep_ != "dative"]
        if any(c.dep_ == "prep" and c.lower_ == "as" for c in children):
            return []  # "rejected it as false" judges
        things = [t for thing in things for t in _meant(thing) if t.pos_ in grammar.VERBS or _is_apt(t, entry)]
        if things:
            return things[:1] if wording.is_choice(things[0]) else things
    return _governed(verb, entry)


def _adjective(adjective: Token, entry: Entry) -> Iterator[Bid]:
    verb = adjective.head if adjective.dep_ in {"acomp", "oprd"} else adjective
    subject = grammar.surface_subject(verb)
    if subject is None:
        return
    contents = _members([c for c in adjective.children if c.dep_ in _INFINITIVES and _is_infinitive(c)][:1])
    contents = contents if "i" in entry.takes and contents else _governed(adjective, entry)
    negated = any(c.dep_ == "neg" for c in (*verb.children, *adjective.children) if c.i < adjective.i)
    act = _NEGATIVE.get(entry.act) if negated else entry.act
    if (
        act is None
        or (negated and _is_not_yet(adjective))
        or (negated and not any(_is_infinitive(content) for content in contents))
    ):
        return
    # "we are ready" alone is a position where a condition stands beside it
    owners, of = tuple(grammar.conjuncts(subject)), tuple(addressees.inside(act, adjective, contents))
    yield Bid(act, adjective, owners, of, tuple(contents) or (verb,), negated, bare=not contents)


def _is_gerund_object(gerund: Token, verb: Token) -> bool:
    """Whether a gerund is what a verb is about: "ruled out ceding it"; not "refused it, ceding nothing"."""
    return gerund.dep_ in {"xcomp", "pcomp"} or (gerund.dep_ == "advcl" and 0 < gerund.i - verb.i <= 2)


def _act(act: PositionAct, verb: Token) -> PositionAct | None:
    if not _is_negated(verb):
        return act
    return None if _is_not_yet(verb) else _NEGATIVE.get(act)


def _is_not_yet(word: Token) -> bool:
    """Whether what is negated may still come: "has not backed it", "is not yet ready"; not "has never backed it"."""
    children = [child for host in (word, *([word.head] if word.dep_ == "acomp" else [])) for child in host.children]
    perfect = word.tag_ == "VBN" and any(child.dep_ == "aux" and child.lemma_ == "have" for child in children)
    never = any(child.dep_ == "neg" and child.lower_ == "never" for child in children)
    return (perfect and not never) or any(child.lower_ == "yet" for child in children)


def _is_negated(word: Token) -> bool:
    """Whether the word itself is: "did not agree", not "agreed not to"."""
    return any(child.dep_ == "neg" and child.i < word.i for child in word.children)


def _addressees(verb: Token, entry: Entry, contents: list[Token]) -> Iterator[Token]:
    taken = {t.i for t in contents}
    for role in entry.of:
        if role == "obj":
            spoken_to = [c for c in verb.children if c.dep_ in {"dobj", "dative", "nsubjpass"} and c.pos_ != "ADP"]
            # "offered a regiment and jets": what is coordinated with what is offered is offered too
            spoken_to = [c for c in spoken_to if not taken & {t.i for t in grammar.conjuncts(c)}]
            yield from (t for noun in spoken_to for t in grammar.conjuncts(noun) if t.i not in taken)
        else:
            spoken_to = grammar.objects_of(verb, role)
            yield from (t for t in spoken_to if t.i not in taken and t.ent_type_ not in {"DATE", "TIME"})
    if entry.act not in _OF_ONES_OWN:
        yield from (t for content in contents for t in addressees.subjects(content))


def _strays(verb: Token) -> list[Token]:
    """Members of the content that the parse coordinates with the cue."""
    return [c for c in verb.children if c.dep_ == "conj" and grammar.is_stray(c)]


def _noun(noun: Token, entry: Entry) -> Iterator[Bid]:
    contents = _noun_complements(noun, entry)
    if not contents or grammar.is_negated(noun) or hinges.is_given_up(noun):
        return
    owners = [c for c in noun.children if c.dep_ == "poss"] or grammar.objects_of(noun, "by", "from")
    given = bool(owners)
    owners = owners or [c for c in noun.children if c.dep_ in {"amod", "compound", "nmod"} and c.text[:1].isupper()]
    if not owners:
        verb, relation = standing.governor(noun)
        lent = relation in {"obj", "on", "with", "in", "of"} and lexicon.lemma(verb) in _VOICING
        if not lent or grammar.is_negated(verb) or verb.pos_ not in grammar.VERBS:
            return
        owners = grammar.doers(verb)
    of = [t for role in entry.of for t in grammar.objects_of(noun, role) if t.i not in {c.i for c in contents}]
    if entry.act in {"demand", "offer"}:
        of = of or [t for content in contents for t in addressees.subjects(content)]
        of = [t for t in of or addressees.inside(entry.act, noun, contents) if t not in owners]
    aside = tuple(t for content in contents for t in addressees.told_aside(content, noun, of))
    ground = hinges.equated(noun) if entry.act == "condition" else hinges.hung_on(noun)
    yield Bid(entry.act, noun, tuple(owners), tuple(of), tuple(contents), given=given, aside=aside, ground=ground)


def _noun_complements(noun: Token, entry: Entry) -> list[Token]:
    children = list(noun.children)
    if "i" in entry.takes:
        found = [c for c in children if _is_infinitive(c) and (c.dep_ in {"acl", "xcomp"} or _is_for_whom(c))]
        if not found and noun.dep_ == "dobj" and lexicon.lemma(noun.head) in _VOICING and entry.of:
            # "repeated its call on Niger to free them": the parse may hang it on the verb
            later = [c for c in noun.head.children if c.dep_ == "advcl" and c.i > noun.i and _is_infinitive(c)]
            found = later if grammar.objects_of(noun, *entry.of) else []
        if found:
            return _members(found[:1])
    if "c" in entry.takes:
        found = [c for c in children if c.dep_ in {"acl", "ccomp"} and any(m.lower_ == "that" for m in c.children)]
        if found:
            return _members(found)
    found = _governed(noun, entry)
    if not found and noun.dep_ == "dobj" and any(c.dep_ == "poss" for c in noun.children):
        return _governed(noun.head, entry)  # "threw its support behind the plan"
    return found


def _governed(token: Token, entry: Entry) -> list[Token]:
    governed = grammar.objects_of(token, *entry.prepositions)
    if any(child.dep_ == "oprd" for child in token.children):  # "called a liar for …"
        return []
    if entry.act == "promise" and token.pos_ == "NOUN":  # not "its commitments to Oman"
        governed = [t for t in governed if t.tag_ == "VBG" or t.head.lower_ == "of"]
    governed = [t for t in governed if t.lower_ not in _ASIDES]
    if len(governed) > 1 and governed[0].pos_ == "NOUN":  # "appealed for money for Yemen"
        governed = [t for t in governed if t.head == governed[0].head or t.pos_ != "PROPN" or not t.ent_type_]
    return [t for t in governed if t.pos_ != "PRON" and t.ent_type_ not in {"DATE", "TIME"} and _is_apt(t, entry)]


def _is_apt(noun: Token, entry: Entry) -> bool:
    """Whether a noun is among those that the entry needs, or not among those it excludes."""
    return not entry.objects or (lexicon.lemma(noun) in entry.objects) != entry.denied


def _members(heads: list[Token]) -> list[Token]:
    """`heads` and the verbs coordinated with them in the same form, if they have no subject of their own."""
    found: list[Token] = []
    for head in heads:
        if wording.is_choice(head):
            found.append(head)
            continue
        found += [m for m in grammar.conjuncts(head) if m is head or _continues(m, head)]
    return found


def _continues(member: Token, head: Token) -> bool:
    if member.pos_ != head.pos_:
        return False
    if head.tag_ in {"VB", "VBG"}:
        return member.tag_ == head.tag_
    return True


def _opens_with_that(noun: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in noun.children)


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _is_for_whom(clause: Token) -> bool:
    """Whether an infinitive has a doer of its own: "called for Oman to leave"."""
    return any(c.dep_ == "mark" and c.lower_ == "for" for c in clause.children) and addressees.has_subject(clause)


def _is_content_clause(clause: Token) -> bool:
    """Whether a clause tells what is wanted, not on what condition ("provided that …")."""
    mark = next((c for c in clause.children if c.lower_ == "that" and c.dep_ == "mark" and c.i > 0), None)
    return not _is_infinitive(clause) and (mark is None or mark.nbor(-1).lower_ not in {"provided", "providing"})


def _is_outcome(clause: Token) -> bool:
    """Whether a clause without auxiliary or "that" tells what becomes of its subject: "the ban lifted"."""
    bare = not any(c.dep_ in {"aux", "auxpass", "mark"} for c in clause.children)
    return bare and clause.pos_ == "VERB" and any(c.dep_ in {"nsubj", "nsubjpass"} for c in clause.children)


def _meant(noun: Token) -> list[Token]:
    """What an object names: of "the idea of a truce" the truce."""
    return (grammar.objects_of(noun, "of") if noun.lemma_ in {"idea", "concept"} else []) or [noun]


def _is_directive(clause: Token) -> bool:
    """Whether a clause directs: "that it leave", "that it must leave"."""
    if set(grammar.auxiliaries(clause)) & _DIRECTIVE:
        return True
    if clause_steps.is_subjunctive(clause):  # "that Oman end its blockade", "that it be ended"
        return True
    return clause.tag_ == "VB" and not {"do", "does", "did", "will", "would", "can", "could"} & set(
        grammar.auxiliaries(clause)
    )


@cache
def _table() -> dict[tuple[str, str], tuple[Entry, ...]]:
    found: dict[tuple[str, str], tuple[Entry, ...]] = {}
    for given in rows("positions.csv"):
        row = given.cells
        needs = row["needs"]
        for word in row["words"].split():
            head, _, particle = word.partition("_")
            entry = Entry(
                act=typed(PositionAct, row["act"]),
                particle=particle or None,
                takes=frozenset(row["takes"].split()),
                prepositions=frozenset(row["prepositions"].split()),
                of=tuple(row["of"].split()),
                objects=lexicon.expand(needs.partition("=")[2]) if needs else frozenset(),
                denied=needs.startswith("-"),
                row=replace(given, word=word),
            )
            known = found.get((head, row["part"]), ())
            found[(head, row["part"])] = (entry, *known) if particle else (*known, entry)
    return found
