"""Actors that are spoken of together, and the plurals that take two of them up: "both nations", "the two women".

Two actors are a pair where they are coordinated, or where one does something to or with another of its kind ("Korp met
Zimpel", "Fiat will merge with Opel"). A plural of two takes up the last pair that it fits, else the two most present
actors that it fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from detente.language.grammar import VERBS, conjuncts, surface_subject
from detente.reading.cast import binding, bodies, onlookers, phrases, rolewords, takeup
from detente.reading.cast.casting import Casting, Draft
from detente.reading.cast.discourse import REACH, Discourse, complement_of, is_subject
from detente.reading.cast.speakers import SPEAKING
from detente.world import gazetteer, lexicon

if TYPE_CHECKING:
    from spacy.tokens import Token

PAIRED: Final = frozenset({"both", "two"})
_OF_TWO: Final = PAIRED | {"neither"}
_PLURALS: Final = {"man": "men", "woman": "women"}
_DEFINITE: Final = frozenset({"the", "these", "those"})
_MUTUAL: Final = frozenset(
    """rivals combatants belligerents adversaries foes enemies opponents neighbours neighbors allies pair duo couple
    antagonists spouses newlyweds brothers sisters siblings twins parties sides leaders""".split()
)
"""Plurals that are of two where nothing else says how many."""
_NUMBERS: Final = {"three": 3, "four": 4, "five": 5}
_SIDES: Final = frozenset(
    """sides parties rivals powers foes enemies allies combatants belligerents adversaries opponents antagonists pair
    duo couple neighbours neighbors losers winners signatories bidders contenders""".split()
)
_AGAINST: Final = frozenset("rivals combatants belligerents adversaries antagonists foes enemies".split())
"""Those who are of two sides even where the text names more people."""
_WARRING: Final = frozenset({"combatants", "belligerents"})
_STATES: Final = frozenset(
    "countries nations states governments capitals neighbours neighbors kingdoms republics".split()
)
_BODIES: Final = frozenset("state organisation".split())
_WITH: Final = frozenset({"with", "beside", "alongside", "against", "to"})
"""Prepositions that join two in one deed."""
_TURNING: Final = frozenset("appeal turn complain write report apply belong defer look listen".split())
"""Verbs by which one turns to a third: "appealed to the bank"."""
_ARMED: Final = frozenset({"UAF", "REB", "PRM", "CRM"})
_TOGETHER: Final = 0.4
"""What a pair counts for that one verb has joined, beside a coordinated one."""
_CALLED: Final = 2.0
"""For an actor that the text calls by the noun."""
_LEAST: Final = 0.1
_LIKELY: Final = 1.5
"""How present a pair must be to be meant by a plural that is no more of two than of many: "the men"."""


def couple(discourse: Discourse) -> None:
    """Enter the pairs of the text."""
    casting = discourse.casting
    discourse.neutral |= onlookers.mediators(casting)
    for i in sorted(casting.heads):
        # also by their titles: "the commander, Ana Duarte, and the envoy, Hugo Korp"
        token = casting.doc[i]
        members = conjuncts(token)
        if token.dep_ != "conj" and len(members) > 1:
            actors = tuple(dict.fromkeys(a for m in members for a in _at(casting, m, _at(casting, token))))
            if len(actors) > 1:
                # "neither Peru nor Chile" are named together, and deal with a third
                apart = any(child.lower_ == "nor" for m in members for child in m.children)
                discourse.couple(token, actors, deal=not apart and not onlookers.is_comment(token))
        if i not in casting.spans:
            continue
        beside = _hyphened(token)
        if beside is not None and len(two := (*casting.heads[i], *casting.heads.get(beside.i, ()))) == 2:
            discourse.couple(token, two)
        for other in _partners(token):
            joined = (*casting.heads[i], *casting.heads.get(other.i, ()))
            if len(joined) == 2 and len(set(joined)) == 2 and _of_a_kind([casting.drafts[a] for a in joined]):
                discourse.couple(token, joined, _TOGETHER)


def _hyphened(token: Token) -> Token | None:
    """The nation that a hyphen joins to another: Russia in "Sino-Russian relations"."""
    if token.i + 2 < len(token.doc) and token.nbor(1).text in {"-", "–"} and not token.whitespace_:
        return token.nbor(2)
    return None


def _is_hyphened(token: Token) -> bool:
    return _hyphened(token) is not None or (token.i > 1 and _hyphened(token.nbor(-2)) is not None)


def _at(casting: Casting, noun: Token, first: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The actors of a noun, or of the name in apposition to it: "his wife, Nadia Milleron"; of a state that the parse
    coordinates with a person, its person behind: "Mali's Korp and Chad's Ana Duarte"."""
    people = {casting.drafts[actor].kind for actor in first} == {"person"}
    if people and noun.dep_ == "conj" and noun.i in casting.countries:
        for token in noun.doc[noun.i + 1 : noun.i + 6]:
            ids = casting.heads.get(token.i, ())
            if token.i in casting.taken and any(casting.drafts[actor].kind == "person" for actor in ids):
                return ids
            if not (token.is_title or token.tag_ == "POS"):
                break
    named = [child for child in noun.children if child.dep_ == "appos" and child.i in casting.spans]
    return casting.heads.get(noun.i) or next((casting.heads[child.i] for child in named), ())


def taken_up(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """The two actors that a plural means, none where it is no plural of two or nobody fits."""
    word = _word(token)
    before = phrases.determiners(token)
    pair = word in {"pair", "duo", "couple"}
    plural = token.tag_ in {"NNS", "NNPS"} or word != token.lower_
    two = bool(before & _OF_TWO) and plural
    people = plural and lexicon.of_kind(word, "person") is not None
    count = next((_NUMBERS[w] for w in before if w in _NUMBERS), 2)
    if count > 2 and before & _DEFINITE:
        return _of_many(discourse, token, count)
    if not two and not (before & _DEFINITE and (pair or people or (plural and word in _MUTUAL))):
        return ()
    if not before & (_DEFINITE | {"both", "neither"}):
        return ()  # "Two men were arrested": new ones.
    if any(child.dep_ in {"poss", "prep", "appos"} or _restricts(child) for child in token.children):
        return ()
    sides = word in _SIDES | _STATES
    out = {actor for doer in onlookers.acting_on(token) for actor in discourse.casting.heads.get(doer.i, ())}
    out |= discourse.neutral if sides else set()
    out |= _beside(discourse, token)
    fitting = {
        d.id: fit
        for d in _in_mind(discourse, token)
        if d.id not in out and (fit := _fit(discourse, token, d)) is not None
    }
    if not two and word not in _MUTUAL and _role(token):
        # "thanked the negotiators": the two named last, only if the text has called them so
        fitting = {actor: fit for actor, fit in fitting.items() if fit >= _CALLED}
    drafts = discourse.casting.drafts
    if word in _STATES and sum(drafts[actor].kind == "state" for actor in fitting) > 1:
        # "both neighbours" are states where two are in mind
        fitting = {actor: fit for actor, fit in fitting.items() if drafts[actor].kind != "person"}
    named = {actor: fit for actor, fit in fitting.items() if fit >= _CALLED}
    many = len(named) > 2 and all(drafts[actor].kind == "person" for actor in named)
    fitting = named if len(named) > 1 else fitting
    spoken = _speakers(discourse, token)
    pairs = {
        key: discourse.presence(key, token) + min(fitting[a] for a in key)
        for key in discourse.sets(token)
        if len(key) == 2 and {*key} != spoken and all(a in fitting for a in key) and _are_two(discourse, token, key)
        if not sides or discourse.deals(key)
    }
    best = max(pairs, key=lambda key: (pairs[key], key), default=())
    if best and discourse.presence(best, token) >= (_LEAST if two or word in _MUTUAL else _LIKELY):
        return best
    if len(fitting) < 2 and word in _SIDES | _STATES and (states := _with_places(discourse, token, [*fitting])):
        return states
    if many or (people and not two and word not in _AGAINST and not pair):
        return ()  # of three presidents any two are a guess
    if sides and (old := _old_pair(discourse, token, out)):
        return old
    if sides and len({drafts[actor].acts_for or actor for actor in fitting}) > 2:
        return ()  # of three that may be meant any two are a guess; a state and its army are one
    if len(fitting) < 2 or (not two and len(fitting) != 2 and word not in _AGAINST and not pair):
        return ()
    ranked = sorted(fitting, key=lambda a: (-fitting[a] - discourse.presence((a,), token), a))
    kind = drafts[ranked[0]].kind
    alike = [a for a in ranked if (drafts[a].kind == "person") == (kind == "person")]
    if sides and any(_is_ministry(drafts[a]) for a in alike[:2]):
        return ()
    others = [a for a in alike[1:] if _are_two(discourse, token, (alike[0], a))]
    return tuple(sorted((alike[0], others[0]))) if others else ()


def _is_ministry(draft: Draft) -> bool:
    """Whether an actor is a state's body that bears no arms: what it says of two sides makes it none of them."""
    return draft.kind == "organisation" and draft.acts_for is not None and "MIL" not in draft.sectors


def _word(token: Token) -> str:
    """A noun in the plural, as which the one is read of which "neither" tells: "neither country"."""
    word = token.lower_
    if token.tag_ != "NN" or not any(child.lower_ == "neither" for child in token.children):
        return word
    return _PLURALS.get(word) or (f"{word[:-1]}ies" if word.endswith(("ty", "ry")) else f"{word}s")


def _beside(discourse: Discourse, token: Token) -> set[str]:
    """Who is none of two because the phrase tells of him what he is to them: "Korp, a friend of both presidents"."""
    at = token
    while at.dep_ in {"pobj", "prep"} and at.head.pos_ not in VERBS:
        at = at.head
    if at == token or at.dep_ not in {"appos", "attr"} or lexicon.of_kind(at.lower_, "person") is None:
        return set()
    named = at.head if at.dep_ == "appos" else surface_subject(at.head)
    return {*discourse.casting.heads.get(named.i, ())} if named is not None else set()


def _old_pair(discourse: Discourse, token: Token, out: set[str]) -> tuple[str, ...]:
    """The two that the text as far as `token` shows dealing with each other, if they are the only ones."""
    pairs = [
        key
        for key in discourse.all_sets(token)
        if len(key) == 2 and discourse.deals(key) and not out & {*key} and _are_two(discourse, token, key)
    ]
    drafts = discourse.casting.drafts
    states = [key for key in pairs if all(drafts[actor].kind == "state" for actor in key)]
    return states[0] if len(states) == 1 else ()


def _are_two(discourse: Discourse, token: Token, pair: tuple[str, ...]) -> bool:
    """Whether two can be the sides of something: a state and its own army are one side."""
    if _word(token) not in _SIDES | _STATES:
        return True
    drafts = [discourse.casting.drafts[actor] for actor in pair]
    countries = {draft.country for draft in drafts if draft.acts_for is not None or draft.kind == "state"}
    return not (len(countries) == 1 and all(d.acts_for is not None or d.kind == "state" for d in drafts))


def _restricts(clause: Token) -> bool:
    """Whether a relative clause tells two apart; one in the singular is of a noun before: "a feud between the two men
    that has lasted"."""
    verbs = [clause, *(child for child in clause.children if child.dep_ in {"aux", "auxpass"})]
    return clause.dep_ == "relcl" and not any(verb.tag_ == "VBZ" for verb in verbs)


def _with_places(discourse: Discourse, token: Token, actors: list[str]) -> tuple[str, ...]:
    """Two states, of which one or both were named as places only: "an advance into Georgia" is done to Georgia,
    "fishermen from Kenya and Somalia" are of two states."""
    casting, here = discourse.casting, discourse.sentence(token)
    near = {
        entry.country: None
        for i in sorted(casting.modifiers, reverse=True)
        if i < token.i and here - discourse.sentence(casting.doc[i]) <= REACH
        for entry in casting.modifiers[i]
        if entry.sense == "state" and entry.country in casting.drafts
    }
    others = [code for code in near if code is not None and code not in actors]
    if len(actors) + len(others) < 2 and _word(token) in _STATES:
        # "lifted a ban on Malawian maize": of the two states that the text is about whatever their words are
        about = {
            entry.country
            for i in casting.modifiers
            if i < token.i and here - discourse.sentence(casting.doc[i]) <= REACH
            for entry in casting.modifiers[i]
            if entry.country in casting.registry.states
        }
        if len(about) == 2:
            return tuple(sorted(casting.enter(casting.registry.states[code]).id for code in about if code is not None))
    if len(actors) + len(others) < 2 or (not actors and len(others) != 2):
        return ()
    pair = (*actors, *others)[:2]
    if _word(token).startswith("neighb") and pair[1] not in gazetteer.neighbours(pair[0]):
        return ()
    return tuple(sorted(pair))


def _of_many(discourse: Discourse, token: Token, count: int) -> tuple[str, ...]:
    """The actors coordinated before that a plural of three or more takes up: "the three countries"."""
    drafts = discourse.casting.drafts
    sets = {
        key: discourse.presence(key, token)
        for key in discourse.sets(token)
        if len(key) == count and all(_fit(discourse, token, drafts[a]) is not None for a in key)
    }
    best = max(sets, key=lambda key: (sets[key], key), default=())
    return best if best and sets[best] > 0 else ()


def both(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """The pair that a bare "both" or "neither" means: the last one, else the two most present people."""
    return _last_pair(discourse, token, discourse.sets(token)) if is_subject(token) else ()


def _last_pair(discourse: Discourse, token: Token, sets: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The pair that is most present, else the two most present people."""
    spoken = _speakers(discourse, token)
    pairs = {key: discourse.presence(key, token) for key in sets if len(key) == 2 and {*key} != spoken}
    best = max(pairs, key=lambda key: (pairs[key], key), default=())
    if best and pairs[best] >= _LEAST:
        return best
    if spoken:
        return ()
    people = discourse.present(token, frozenset({"person"}))
    return tuple(sorted(d.id for d in people[:2])) if len(people) > 1 else ()


def _speakers(discourse: Discourse, token: Token) -> set[str]:
    """The several who say what the phrase stands in: "Korp and Pinto said the two should meet" is of two others."""
    above = complement_of(token)
    if above is None or above.head.lemma_ not in SPEAKING:
        return set()
    said = {actor for member in conjuncts(above) for actor in discourse.casting.heads.get(member.i, ())}
    return said if len(said) > 1 else set()


def bare(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """The pair that "the two" is, without a noun: the last one, else the two most present people."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    alone = token.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj", "dative"} and (after is None or after.pos_ != "NOUN")
    if not alone or not any(child.lower_ == "the" for child in token.children):
        return ()
    return _last_pair(discourse, token, (key for key in discourse.sets(token) if discourse.deals(key)))


def one_of_two(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """Which of the pair that was named last "the former" or "the latter" is."""
    if token.dep_ in {"amod", "compound"} or not any(child.lower_ == "the" for child in token.children):
        return ()
    pairs = [key for key in discourse.sets(token) if len(key) == 2 and discourse.last_away(key, token) < 2]
    best = max(pairs, key=lambda key: (discourse.presence(key, token), key), default=())
    drafts = discourse.casting.drafts
    inorder = sorted(best, key=lambda actor: min(drafts[actor].mentions))
    return tuple(inorder[-1:] if token.lower_ == "latter" else inorder[:1])


def two_in_mind(discourse: Discourse, token: Token) -> tuple[str, ...]:
    """The two most present people, for "they" that do something to each other and have not been named together."""
    if not binding.is_mutual(token):
        return ()
    people = discourse.present(token, frozenset({"person"}))
    return tuple(sorted(d.id for d in people[:2])) if len(people) > 1 else ()


def _in_mind(discourse: Discourse, token: Token) -> list[Draft]:
    return discourse.present(token, frozenset({"person", "state", "organisation"}))


def _fit(discourse: Discourse, token: Token, draft: Draft) -> float | None:
    """How well a noun in the plural suits one of the two; None where it does not."""
    noun = lexicon.singular(token.lower_)
    words = rolewords.ending_at(token.doc, token.i)
    if words is not None and " " in words.role.phrase:
        noun = words.role.phrase  # "the two foreign ministers" are no prime ministers
    called = _CALLED if noun in draft.nominals else 0.0
    if _word(token) in _WARRING and draft.kind != "state" and "armed" not in bodies.sorts_of(discourse.casting, draft):
        return None
    last = discourse.last((draft.id,), token)
    named = discourse.casting.doc[last.at] if draft.kind == "state" and last is not None else None
    if named is not None and named.tag_ == "JJ" and not _is_hyphened(named):
        return None  # "the French president": no doer
    if _word(token) == "powers" and draft.kind != "state":
        return None
    if _word(token) in _SIDES and draft.kind in _BODIES:
        if "JRN" in draft.sectors:
            return None  # whom somebody told it
        return called + (0.5 if draft.kind == "state" else 0.0)
    if _word(token) in {"sides", "powers", "parties"}:
        return None
    if draft.kind == "state":
        return called if _word(token) in _STATES else None
    if draft.kind == "organisation":
        body = lexicon.of_kind(token.lower_, "organisation")
        sorts = bodies.sorts_of(discourse.casting, draft)
        suits = body is not None and (not body.sorts or not sorts or bool(body.sorts & sorts))
        return called + 0.5 * bool(body and body.sorts & sorts) if suits or called else None
    human = lexicon.of_kind(token.lower_, "person")
    role = _role(token)
    if human is None and not role and not called and _word(token) not in _SIDES:
        return None
    if human is not None and human.gender and draft.gender not in {human.gender, None}:
        return None
    if words is not None and words.role.sector in _ARMED and draft.sectors and words.role.sector not in draft.sectors:
        return None  # "the two gunmen" are no two presidents
    titled = draft.settled or any(rolewords.is_specific(other) for other in draft.nominals)
    if role and not called and titled and rolewords.is_specific(noun.rpartition(" ")[2]):
        return None  # "the two presidents" are presidents
    return called


def _role(token: Token) -> bool:
    words = rolewords.ending_at(token.doc, token.i)
    return words is not None and takeup.is_somebodys(words)


def _partners(token: Token) -> Iterator[Token]:
    """What a subject acts on or with: the object of its verb, what "with" adds; and what an object is joined with."""
    if token.dep_ == "dobj":
        compared = [c for c in token.head.children if c.dep_ == "prep" and c.lower_ in {"to", "with"}]
        yield from (noun for child in compared for noun in child.children if noun.dep_ == "pobj")
    if token.dep_ not in {"nsubj", "nsubjpass"} or token.head.pos_ not in VERBS:
        return
    verbs = [token.head, *(c for c in token.head.children if c.dep_ == "xcomp" and surface_subject(c) == token)]
    for verb in verbs:
        for child in verb.children:
            if child.dep_ == "dobj":
                yield child
            elif child.dep_ in {"prep", "dative"} and child.lower_ in _WITH and verb.lemma_ not in _TURNING:
                yield from (noun for noun in child.children if noun.dep_ == "pobj")


def _of_a_kind(drafts: list[Draft]) -> bool:
    """Whether all are people, or none is."""
    people = [draft.kind == "person" for draft in drafts]
    return all(people) or not any(people)
