"""When it was. The sentences are made up for these tests; publication is Friday, 8 November 2024, unless said."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detente.language import pipeline
from detente.reading import dates
from detente.reading.dates import Calendar
from detente.reading.parsed import Parsed
from detente.reading.when import moments
from detente.records import Document

PUBLISHED = date(2024, 11, 8)


def calendar(text: str, published: date | None = PUBLISHED) -> Calendar:
    return dates.find(Parsed(Document(id="d", text=text), pipeline.parse(text), published))


def when(text: str, word: str, *relations: str, published: date | None = PUBLISHED) -> str | None:
    """The date of the deed that `word` names."""
    parsed = Parsed(Document(id="d", text=text), pipeline.parse(text), published)
    token = next(token for token in parsed.doc if token.text == word)
    phrase = dates.find(parsed).of(token, *relations)
    return phrase.value if phrase else None


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("on Thursday", "2024-11-07"),
        ("on Friday", "2024-11-08"),
        ("on Saturday", "2024-11-02"),
        ("last Friday", "2024-11-01"),
        ("yesterday", "2024-11-07"),
        ("in June", "2024-06"),
        ("in November", "2024-11"),
        ("in December", "2023-12"),
        ("last December", "2023-12"),
        ("last November", "2023-11"),
        ("last month", "2024-10"),
        ("last year", "2023"),
        ("last week", "2024-10-28/2024-11-03"),
        ("over the weekend", "2024-11-02/2024-11-03"),
        ("earlier this year", "2024-01/2024-11"),
        ("this week", "2024-11-04/2024-11-08"),
        ("two days ago", "2024-11-06"),
        ("two weeks ago", "2024-10-21/2024-10-27"),
        ("three months ago", "2024-08"),
        ("five years ago", "2019"),
        ("in the past two weeks", "2024-10-25/2024-11-08"),
        ("in 2014", "2014"),
        ("in March 2022", "2022-03"),
        ("on 24 February 2022", "2022-02-24"),
        ("on Feb. 24, 2022", "2022-02-24"),
        ("on February 24th", "2024-02-24"),
        ("on the 24th of December", "2023-12-24"),
        ("between March and May 2023", "2023-03/2023-05"),
        ("from November 2022 to January 2023", "2022-11/2023-01"),
        ("from 1990 to 1994", "1990/1994"),
        ("on 3-5 June 2023", "2023-06-03/2023-06-05"),
        ("in the 1990s", "1990/1999"),
        ("in the summer of 2023", "2023"),
        ("in March last year", "2023-03"),
        ("on 16 June of last year", "2023-06-16"),
        ("late on Thursday night", "2024-11-07"),
        ("in early 2023", "2023"),
    ],
)
def test_a_past_phrase_is_seen_from_publication(phrase: str, value: str) -> None:
    assert when(f"The rebels attacked the harbour {phrase}.", "attacked") == value


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("on Thursday", "2024-11-14"),
        ("next Friday", "2024-11-15"),
        ("tomorrow", "2024-11-09"),
        ("in June", "2025-06"),
        ("next month", "2024-12"),
        ("next year", "2025"),
        ("later this year", "2024-11/2024-12"),
        ("on 24 February", "2025-02-24"),
        ("in 2030", "2030"),
    ],
)
def test_a_future_phrase_is_the_next(phrase: str, value: str) -> None:
    assert when(f"The delegations will meet {phrase}.", "meet") == value


@pytest.mark.parametrize(
    "phrase", ["about two weeks ago", "a few days ago", "in recent weeks", "the next day", "a year later"]
)
def test_what_cannot_be_told_is_no_date(phrase: str) -> None:
    assert when(f"The rebels attacked the harbour {phrase}.", "attacked") is None


@pytest.mark.parametrize(
    "text",
    [
        "The two-and-a-half-year-old war goes on.",
        "They marched to the palace and may yet return.",
        "Some 2,014 men crossed and $2014 was paid under resolution 1973.",
        "The Good Friday Agreement was praised in The Sunday Times.",
        "He won 2014 votes with the help of 1990 volunteers.",
        "Prime Minister Theresa May wrote to her, and the letter from May was read out.",
        "He met readers of USA Today.",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert calendar(text).phrases == ()


def test_how_long_is_not_by_when() -> None:
    assert when("It must suspend the flights for the next eight weeks.", "suspend", "within") is None


def test_without_a_day_of_publication_only_absolute_phrases_count() -> None:
    found = calendar("It seized the port on Thursday, in June, last year and on 3 May, having lost it in 2014.", None)
    assert [phrase.value for phrase in found.phrases] == ["2014"]


@pytest.mark.parametrize(
    ("text", "word", "relation", "value"),
    [
        ("The army has held the valley since 1994.", "held", "since", "1994"),
        ("The army held the valley until March 2020.", "held", "until", "2020-03"),
        ("Troops must leave by March.", "leave", "by", "2025-03"),
        ("By the end of the year, the sides must agree.", "agree", "by", "2024-12"),
        ("The envoy will answer within 24 hours.", "answer", "within", "2024-11-08/2024-11-09"),
        ("Since the fall of the junta in 1991, both have traded freely.", "traded", "since", "1991"),
        ("Since the 2014 referendum, the two have not spoken.", "spoken", "since", "2014"),
        ("It has ruled the island since it annexed it in March 2014.", "ruled", "since", "2014-03"),
    ],
)
def test_the_preposition_says_how_a_date_is_tied(text: str, word: str, relation: str, value: str) -> None:
    assert when(text, word, relation) == value
    assert when(text, word) is None


def test_the_date_of_the_cue_does_not_reach_the_content_nor_the_other_way_round() -> None:
    text = "The minister said on Thursday that troops left in May."
    assert when(text, "said") == "2024-11-07"
    assert when(text, "left") == "2024-05"
    assert when("The minister said that troops left in May.", "said") is None
    assert when("The minister said on Monday that troops left.", "left") is None


def test_a_final_day_belongs_to_what_is_reported_not_to_what_is_urged() -> None:
    text = "The mediator urged the junta to return to talks on Thursday."
    assert when(text, "urged") == "2024-11-07"
    assert when(text, "return") is None


def test_a_preposed_date_holds_for_every_verb_of_the_sentence() -> None:
    text = "In June, the army seized the port and burned the depots."
    assert when(text, "seized") == when(text, "burned") == "2024-06"


def test_a_participle_shares_the_date_of_its_verb() -> None:
    assert when("In June, the envoy wrote to both, demanding a truce.", "demanding") == "2024-06"


def test_a_date_inside_a_noun_phrase_dates_the_noun_alone() -> None:
    text = "Both deny meddling in the 2016 election."
    assert when(text, "election") == "2016"
    assert when(text, "deny") is None
    assert when("The cabinet discussed the November attack.", "attack") == "2024-11"
    assert when("The cabinet discussed the November attack.", "discussed") is None


def test_a_participle_after_a_noun_has_its_own_date() -> None:
    text = "It rules the island (annexed in 2014) and the coast."
    assert when(text, "annexed") == "2014"
    assert when(text, "rules") is None


def test_a_light_verb_and_its_object_share_a_date() -> None:
    text = "Both presidents held talks on Monday."
    assert when(text, "held") == when(text, "talks") == "2024-11-04"


def test_an_occasion_dates_what_is_done_there() -> None:
    assert when("In a speech in June, the president offered a truce.", "offered") == "2024-06"
    assert when("She survived an attempted assassination at a rally in July.", "assassination") == "2024-07"


def test_a_future_phrase_counts_from_the_words_that_announce_it() -> None:
    text = "The junta demanded in March 2021 that the troops leave by June."
    assert when(text, "leave", "by") == "2021-06"


def test_a_month_told_after_a_month_with_its_year_lies_in_that_year() -> None:
    assert when("Troops entered the capital in February 2022. In April, they withdrew.", "withdrew") == "2022-04"


def test_a_month_that_could_be_of_two_years_is_no_date() -> None:
    assert when("He was elected in 2020 and visited the island in June.", "visited") is None


def test_today_in_a_quotation_is_the_day_of_the_speech_or_nothing() -> None:
    assert when("“We will vote tomorrow,” she said on Tuesday.", "vote") == "2024-11-06"
    assert when("“We will vote tomorrow,” she said.", "vote") is None


_PHRASES = st.sampled_from(
    "on Thursday|on Monday|in June|in December|in 2014|last week|last month|yesterday|two days ago|three weeks ago|"
    "on 24 February|on 30 November|last March|earlier this month|a year ago|over the weekend|since March|"
    "between March and May|on 29 February|in May last year|on Sunday night".split("|")
)
_SENTENCES = st.sampled_from(
    [
        "The rebels seized the harbour {}.",
        "{}, the army withdrew from the valley.",
        "The ministry said {} that the raid had failed.",
        "The town was shelled {} and its people fled.",
        "Talks on the border collapsed {} after a raid {}.",
    ]
)
_DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@given(_SENTENCES, _PHRASES, _DAYS)
@settings(max_examples=60, deadline=None)
def test_nothing_told_in_the_past_tense_begins_after_publication(sentence: str, phrase: str, published: date) -> None:
    text = sentence.format(phrase, phrase)
    for found in calendar(text, published).phrases:
        assert moments.first_day(found.value) <= published


@given(_SENTENCES, _PHRASES, st.one_of(st.none(), _DAYS))
@settings(max_examples=40, deadline=None)
def test_phrases_lie_in_the_text_and_come_out_the_same_each_time(
    sentence: str, phrase: str, published: date | None
) -> None:
    text = sentence.format(phrase, phrase)
    found = calendar(text, published)
    assert found == calendar(text, published)
    for one in found.phrases:
        words = text[one.start : one.end]
        assert words == words.strip()
        assert words in phrase
        for end in one.value.split("/"):
            moments.first_day(end)


@given(st.text(alphabet="0123456789 -–—/.,:MayJune'’\"Tday of to and in the last ago\n", max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_an_error(text: str) -> None:
    for phrase in calendar(text).phrases:
        assert moments.first_day(phrase.value) <= moments.last_day(phrase.value)
