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
        ("in mid-March", "2024-03"),
        ("in late May", "2024-05"),
        ("in the last week of May", "2024-05"),
        ("in mid-2022", "2022"),
        ("in the early 1990s", "1990/1999"),
        ("last spring", "2024"),
        ("last autumn", "2023"),
        ("last winter", "2023/2024"),
        ("in the summer", "2024"),
        ("in the spring of 2019", "2019"),
        ("this past Sunday", "2024-11-03"),
        ("on Thursday last week", "2024-10-31"),
        ("the week before last", "2024-10-21/2024-10-27"),
        ("a fortnight ago", "2024-10-21/2024-10-27"),
        ("a decade ago", "2014"),
        ("twenty-one years ago", "2003"),
        ("a week ago today", "2024-11-01"),
        ("two weeks ago on Tuesday", "2024-10-22"),
        ("a year ago today", "2023-11-08"),
        ("ten years ago this month", "2014-11"),
        ("in June two years ago", "2022-06"),
        ("in the past three years", "2021/2024-11-08"),
        ("on Christmas Day", "2023-12-25"),
        ("on New Year’s Eve 1999", "1999-12-31"),
        ("on May Day", "2024-05-01"),
        ("on 03/14/2005", "2005-03-14"),
        ("on 14.03.2005", "2005-03-14"),
        ("on 2005/03/14", "2005-03-14"),
        ("in 2014/15", "2014/2015"),
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
        ("this coming Sunday", "2024-11-10"),
        ("this Friday", "2024-11-08"),
        ("on Tuesday next week", "2024-11-12"),
        ("next summer", "2025"),
        ("this winter", "2024/2025"),
        ("the year after next", "2026"),
        ("in two months", "2025-01"),
        ("in three days", "2024-11-11"),
        ("in two years’ time", "2026"),
        ("ten days from now", "2024-11-18"),
        ("a week from today", "2024-11-15"),
        ("Tuesday through Thursday", "2024-11-12/2024-11-14"),
    ],
)
def test_a_future_phrase_is_the_next(phrase: str, value: str) -> None:
    assert when(f"The delegations will meet {phrase}.", "meet") == value


@pytest.mark.parametrize(
    "phrase",
    """about two weeks ago|a few days ago|in recent weeks|the next day|a year later|more than a year ago|
    two or three years ago|half a year ago|one day|the other day|every June|on a Tuesday|over Christmas|on 03/04/2005|
    in three days|within 48 hours|over the next two years|a second later|the previous week""".replace(
        "\n    ", ""
    ).split("|"),
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
        "Marchers may march, and they may day by day lose hope.",
        "The October Revolution and the 26 July Movement were praised.",
        "The Boxing Day tsunami destroyed the port.",
        "The last Monday of the month is a holiday, as is every Friday.",
        "Last fall in output was the worst.",
        "He swims in the summer.",
        "Version 3.14.20051 failed at 10-12-20.",
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
        ("The envoy will answer within a month.", "answer", "within", "2024-11-08/2024-12"),
        ("It plans to hire 100 pilots in the next two months.", "hire", "within", "2024-11-08/2025-01"),
        ("It will build ten plants over the next five years.", "build", "within", "2024-11-08/2029"),
        ("Troops must leave in three days.", "leave", "within", "2024-11-08/2024-11-11"),
        ("The army demanded a reply by Tuesday.", "demanded", "by", "2024-11-12"),
        ("The road will be shut from Monday.", "shut", "since", "2024-11-11"),
        ("The vote was delayed until Thursday.", "delayed", "until", "2024-11-14"),
        ("The fighting lasted until Tuesday.", "lasted", "until", "2024-11-05"),
        ("It has ruled the island since it annexed it in March 2014.", "ruled", "since", "2014-03"),
    ],
)
def test_the_preposition_says_how_a_date_is_tied(text: str, word: str, relation: str, value: str) -> None:
    assert when(text, word, relation) == value
    assert when(text, word) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The union has called a strike for Monday.", "2024-11-11"),
        ("The cabinet called elections for June.", "2025-06"),
        ("Talks have been pushed back to Monday.", "2024-11-11"),
        ("The summit was postponed from Monday to Wednesday.", "2024-11-13"),
        ("The court gave the firm until Thursday to reply.", "2024-11-14"),
        ("Ahead of Sunday's vote, police closed the bridges.", "2024-11-10"),
        ("Before talks in Vienna on Tuesday, both sides are digging in.", "2024-11-12"),
        ("Both sides are preparing for talks on Monday.", "2024-11-11"),
        ("If parliament rejects the plan on Tuesday, the cabinet falls.", "2024-11-12"),
        ("Voters go to the polls on Sunday.", "2024-11-10"),
        ("The appeal is heard on Monday.", "2024-11-11"),
        ("Sunday's election is a test.", "2024-11-10"),
        ("Monday's meeting is due to end late.", "2024-11-11"),
        ("The opposition plans a rally on Saturday.", "2024-11-09"),
        ("The talks open in Geneva on Monday, three weeks after the truce.", "2024-11-11"),
        ("The ministry said that the bridge would reopen on Saturday.", "2024-11-09"),
    ],
)
def test_a_weekday_lies_ahead_by_what_it_hangs_on(text: str, value: str) -> None:
    assert {phrase.value for phrase in calendar(text).phrases} == {value}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He was blamed for Thursday's attack.", "2024-11-07"),
        ("Monday's attack is the worst so far.", "2024-11-04"),
        ("Monday's attack comes as talks go on.", "2024-11-04"),
        ("Parliament debates Monday's decision.", "2024-11-04"),
        ("The vote on November 5 will slow the talks.", "2024-11-05"),
        ("The meeting had been planned for Monday.", "2024-11-04"),
        ("Sales for June fell.", "2024-06"),
    ],
)
def test_what_has_happened_lies_behind_in_the_present_tense_too(text: str, value: str) -> None:
    assert [phrase.value for phrase in calendar(text).phrases] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Troops took the town on 12 March 2011. The next day the mayor fled.", "2011-03-13"),
        ("Troops took the town on 28 February 2004, and the mayor fled the following day.", "2004-02-29"),
        ("Troops took the town on 12 March 2011; the day before, the mayor had fled.", "2011-03-11"),
        ("Troops took the town on 12 March 2011. The same day the mayor fled.", "2011-03-12"),
        ("Troops took the town on 12 March 2011, and that night the mayor fled.", "2011-03-12"),
        ("Troops took the town on 12 March 2011; three days earlier the mayor had fled.", "2011-03-09"),
        ("Troops took the town on 12 March 2011. Two days after that, the mayor fled.", "2011-03-14"),
        ("Troops took the town on 12 March 2011. The mayor fled two weeks later.", "2011-03-21/2011-03-27"),
        ("Troops took the town on 12 March 2011. The mayor fled the following Monday.", "2011-03-14"),
        ("Troops took the town in March 2011. Three months later the mayor fled.", "2011-06"),
        ("Troops took the town in March 2011. The mayor fled later that year.", "2011"),
        ("Troops took the town in March 2011. The mayor fled in June the following year.", "2012-06"),
        ("Troops took the town in May 2011. The mayor fled the following March.", "2012-03"),
        ("Troops took the town in 1998, and a year later the mayor fled.", "1999"),
        ("Troops took the town in 1990, and the next year the mayor fled.", "1991"),
        ("Troops took the town in 1984. A decade later the mayor fled.", "1994"),
        ("Troops took the town on Tuesday, and the mayor fled the day after.", "2024-11-06"),
    ],
)
def test_a_phrase_is_counted_from_the_date_named_before_it(text: str, value: str) -> None:
    assert when(text, "fled") == value
    assert calendar(text).phrases[-1].value == value


@pytest.mark.parametrize(
    "text",
    [
        "Troops took the town in March 2011. Three days later the mayor fled.",
        "Troops took the town in 2011. The next month the mayor fled.",
        "Troops took the town on 12 March 2011, and the mayor fled the day before the battle.",
        "Troops took the town on 12 March 2011, two days after the mayor fled.",
        "Troops took the town on 12 March 2011, and the mayor fled nearly a year later.",
        "Troops took the town on 12 March 2011, and the mayor fled a day later than planned.",
        "Troops took the town on 12 March 2011, and the mayor fled on the same day as the judge.",
        "On 12 March 2011 troops took the next day care centre and said that month-long curfews would end.",
    ],
)
def test_nothing_is_counted_from_a_coarser_date_nor_from_what_has_none(text: str) -> None:
    assert [phrase.value for phrase in calendar(text).phrases] in (["2011-03-12"], ["2011-03"], ["2011"])


@pytest.mark.parametrize(
    ("text", "value", "event"),
    [
        ("The envoy was shot on the eve of the vote on 9 June.", "2024-06-08", "vote"),
        ("The envoy was shot on the eve of Tuesday's vote.", "2024-11-04", "vote"),
        ("The envoy was shot two days before the vote on 9 June.", "2024-06-07", "vote"),
        ("The envoy was shot two years after the 2014 referendum.", "2016", "referendum"),
    ],
)
def test_a_day_may_be_counted_from_the_date_of_what_follows(text: str, value: str, event: str) -> None:
    assert when(text, "shot") == value
    assert [phrase.value for phrase in calendar(text).phrases] == [value]
    assert when(text, event) not in {None, value}


def test_a_date_counted_from_the_text_needs_no_day_of_publication() -> None:
    text = "Troops took the town on 12 March 2011, and the mayor fled the next day."
    assert when(text, "fled", published=None) == "2011-03-13"


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


def test_the_last_night_of_something_is_not_that_before_publication() -> None:
    assert when("The envoys agreed on the last night of the summit.", "agreed") is None
    assert when("The envoys agreed last night.", "agreed") == "2024-11-07"


def test_the_day_of_the_dateline_is_not_that_of_what_is_told() -> None:
    assert when("LIMA, Nov. 7 - Six days after the envoy resigned, talks began.", "resigned") is None


def test_the_day_of_the_dateline_is_that_of_the_news_of_its_lead() -> None:
    lead = "LIMA, Nov. 7 (Agency) - Peru expelled two envoys and closed a port, officials said."
    assert when(lead, "expelled") == when(lead, "closed") == when(lead, "said") == "2024-11-07"


@pytest.mark.parametrize(
    ("lead", "verb"),
    [
        ("LIMA, Nov. 7 - Peru expelled the envoys who had bribed a judge.", "bribed"),
        ("LIMA, Nov. 7 - Peru had expelled two envoys.", "expelled"),
        ("LIMA, Nov. 7 - Peru will expel two envoys.", "expel"),
        ("LIMA, Nov. 7 - Peru has expelled two envoys.", "expelled"),
        ("LIMA, Nov. 7 - Peru expelled two envoys. Chile closed a port.", "closed"),
        ("LIMA, Nov. 7 - Peru expelled two envoys after the talks on Monday failed.", "expelled"),
        ("Lima met us on Nov. 7 - Peru expelled two envoys.", "expelled"),
    ],
)
def test_the_day_of_the_dateline_is_of_nothing_else(lead: str, verb: str) -> None:
    assert when(lead, verb) is None


def test_what_something_lasts_since_has_its_own_date() -> None:
    assert when("Togo has ruled the isle since a brawl in April 2012.", "ruled", "since") == "2012-04"
    assert when("Togo ruled the isle from 1949 until the war.", "ruled", "since") == "1949"


def test_today_in_a_quotation_is_the_day_of_the_speech_or_nothing() -> None:
    assert when("“We will vote tomorrow,” she said on Tuesday.", "vote") == "2024-11-06"
    assert when("“We will vote tomorrow,” she said.", "vote") is None
    assert when("“We voted yesterday,” she said on Thursday.", "voted") == "2024-11-06"
    assert when("“We vote tomorrow or we walk,” she told them on Thursday.", "vote") == "2024-11-08"
    assert when("She said on Wednesday that they would vote tomorrow.", "vote") == "2024-11-09"


_PHRASES = st.sampled_from(
    "on Thursday|on Monday|in June|in December|in 2014|last week|last month|yesterday|two days ago|three weeks ago|"
    "on 24 February|on 30 November|last March|earlier this month|a year ago|over the weekend|since March|"
    "between March and May|on 29 February|in May last year|on Sunday night|last autumn|a week ago today|"
    "on Christmas Day|the next day|two months later|in May the year before|on the eve of Monday".split("|")
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
@settings(max_examples=60)
def test_nothing_told_in_the_past_tense_begins_after_publication(sentence: str, phrase: str, published: date) -> None:
    text = sentence.format(phrase, phrase)
    for found in calendar(text, published).phrases:
        assert moments.first_day(found.value) <= published


@given(_SENTENCES, _PHRASES, st.one_of(st.none(), _DAYS))
@settings(max_examples=40)
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


@given(st.text(alphabet="0123456789 -–—/.,:MayJune'’\"Tday of to and in the last ago next before eve\n", max_size=80))
@settings(max_examples=150)
def test_any_text_is_read_without_an_error(text: str) -> None:
    for phrase in calendar(text).phrases:
        assert moments.first_day(phrase.value) <= moments.last_day(phrase.value)
