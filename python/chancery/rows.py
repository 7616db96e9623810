"""The rows of answers, one class for each question; made from the tables of the program (tests/settings_test.cpp holds them to it).

Dates are datetime.date, and None is what nobody knows. Names that Python keeps for itself have an underscore behind.
A timeline's columns are called by its two states: its rows have the names of its answer.
"""
from __future__ import annotations

import datetime
from typing import NamedTuple, Optional


class StatementsRow(NamedTuple):
    number: Optional[int]
    date: Optional[datetime.date]
    speaker: Optional[str]
    via: Optional[str]
    quote: Optional[str]
    content: Optional[str]
    occasion: Optional[str]
    article: Optional[str]
    force: Optional[str]
    addressee: Optional[str]
    place: Optional[str]
    confidence: Optional[float]
    article_number: Optional[int]
    id: Optional[str]
    when: Optional[str]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]
    reported: Optional[datetime.date]
    cue: Optional[str]


class EventsRow(NamedTuple):
    number: Optional[int]
    date: Optional[datetime.date]
    source: Optional[str]
    type: Optional[str]
    mode: Optional[str]
    target: Optional[str]
    status: Optional[str]
    place: Optional[str]
    cameo: Optional[str]
    goldstein: Optional[float]
    words: Optional[str]
    article: Optional[str]
    happening: Optional[int]
    article_number: Optional[int]
    id: Optional[str]
    when: Optional[str]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]
    reported: Optional[datetime.date]
    confidence: Optional[float]


class ActsRow(NamedTuple):
    number: Optional[int]
    date: Optional[datetime.date]
    source: Optional[str]
    type: Optional[str]
    target: Optional[str]
    status: Optional[str]
    place: Optional[str]
    goldstein: Optional[float]
    reports: Optional[int]
    words: Optional[str]
    article: Optional[str]
    happening: Optional[int]
    article_number: Optional[int]
    when: Optional[str]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]
    reported: Optional[datetime.date]
    id: Optional[str]
    confidence: Optional[float]


class PositionsRow(NamedTuple):
    number: Optional[int]
    date: Optional[datetime.date]
    holder: Optional[str]
    stance: Optional[str]
    toward: Optional[str]
    topic: Optional[str]
    content: Optional[str]
    condition: Optional[str]
    stages: Optional[str]
    article: Optional[str]
    issue: Optional[str]
    holder_country: Optional[str]
    toward_country: Optional[str]
    article_number: Optional[int]
    id: Optional[str]
    when: Optional[str]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]
    reported: Optional[datetime.date]
    confidence: Optional[float]


class ChangesRow(NamedTuple):
    number: Optional[int]
    date: Optional[datetime.date]
    holder: Optional[str]
    change: Optional[str]
    issue: Optional[str]
    before: Optional[str]
    before_date: Optional[datetime.date]
    before_article: Optional[str]
    after: Optional[str]
    article: Optional[str]
    when: Optional[str]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]
    reported: Optional[datetime.date]
    article_number: Optional[int]
    id: Optional[str]


class CalendarRow(NamedTuple):
    number: Optional[int]
    date: Optional[datetime.date]
    who: Optional[str]
    type: Optional[str]
    mode: Optional[str]
    with_: Optional[str]
    place: Optional[str]
    status: Optional[str]
    became: Optional[str]
    words: Optional[str]
    article: Optional[str]
    source_country: Optional[str]
    target_country: Optional[str]
    reported: Optional[datetime.date]
    happening: Optional[int]
    article_number: Optional[int]
    said_in: Optional[str]
    when: Optional[str]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]
    id: Optional[str]
    confidence: Optional[float]
    became_article: Optional[int]
    announced: Optional[str]


class DeadlinesRow(NamedTuple):
    number: Optional[int]
    date: Optional[datetime.date]
    holder: Optional[str]
    stance: Optional[str]
    toward: Optional[str]
    content: Optional[str]
    condition: Optional[str]
    issue: Optional[str]
    article: Optional[str]
    holder_country: Optional[str]
    toward_country: Optional[str]
    article_number: Optional[int]
    id: Optional[str]
    when: Optional[str]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    reported: Optional[datetime.date]
    confidence: Optional[float]


class NoveltyRow(NamedTuple):
    number: Optional[int]
    date: Optional[datetime.date]
    claim: Optional[str]
    what: Optional[str]
    by: Optional[str]
    since: Optional[str]
    verdict: Optional[str]
    words: Optional[str]
    article: Optional[str]
    article_number: Optional[int]
    id: Optional[str]
    when: Optional[str]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]
    reported: Optional[datetime.date]


class StoriesRow(NamedTuple):
    number: Optional[int]
    last: Optional[datetime.date]
    first: Optional[datetime.date]
    title: Optional[str]
    articles: Optional[int]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]


class ArticlesRow(NamedTuple):
    number: Optional[int]
    date: Optional[datetime.date]
    publisher: Optional[str]
    title: Optional[str]
    article: Optional[str]
    url: Optional[str]
    copy_of: Optional[int]
    replaces: Optional[int]
    story: Optional[int]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]


class TopicsRow(NamedTuple):
    issue: Optional[str]
    positions: Optional[int]
    holders: Optional[int]
    first: Optional[datetime.date]
    last: Optional[datetime.date]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]


class ContactsRow(NamedTuple):
    name: Optional[str]
    country: Optional[str]
    type: Optional[str]
    acts: Optional[int]
    first: Optional[datetime.date]
    last: Optional[datetime.date]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]
    country_basis: Optional[str]


class NetworkRow(NamedTuple):
    a: Optional[str]
    b: Optional[str]
    events: Optional[int]
    goldstein: Optional[float]
    cooperation: Optional[int]
    conflict: Optional[int]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]


class CopiesRow(NamedTuple):
    number: Optional[int]
    date: Optional[datetime.date]
    publisher: Optional[str]
    title: Optional[str]
    article: Optional[str]
    what: Optional[str]
    other: Optional[str]
    other_publisher: Optional[str]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]


class ActorsRow(NamedTuple):
    name: Optional[str]
    kind: Optional[str]
    country: Optional[str]
    sector: Optional[str]
    role: Optional[str]
    articles: Optional[int]
    mentions: Optional[int]
    statements: Optional[int]
    events: Optional[int]
    number: Optional[int]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]
    country_basis: Optional[str]


class SearchRow(NamedTuple):
    number: Optional[int]
    date: Optional[datetime.date]
    title: Optional[str]
    words: Optional[str]
    article: Optional[str]
    publisher: Optional[str]
    copy_of: Optional[int]
    from_: Optional[datetime.date]
    to: Optional[datetime.date]
    precision: Optional[str]


BY_QUESTION = {
    "statements": StatementsRow,
    "events": EventsRow,
    "acts": ActsRow,
    "positions": PositionsRow,
    "changes": ChangesRow,
    "calendar": CalendarRow,
    "deadlines": DeadlinesRow,
    "novelty": NoveltyRow,
    "stories": StoriesRow,
    "articles": ArticlesRow,
    "topics": TopicsRow,
    "contacts": ContactsRow,
    "network": NetworkRow,
    "copies": CopiesRow,
    "actors": ActorsRow,
    "search": SearchRow,
}
