"""Names for annotations: what is taken and given, as a checker sees it. They exist when the program runs, too."""
import datetime
import os
from typing import Any, TypedDict, TypeVar, Union

Path = Union[str, "os.PathLike[str]"]
Report = Union[str, bytes, bytearray, memoryview]
Day = Union[str, datetime.date]
Span = list[int]  # [begin, end) in code points
Pair = Union[str, tuple[str, str], list[str]]
Value = Union[str, int, datetime.date, Pair, None]  # what a question's parameter may be
Row = TypeVar("Row", covariant=True)  # of a table


class Maker(TypedDict):
    """Who made a record: the engine's version, the model's id, the digest of the tables."""

    engine: str
    model: str
    data: str


class Time(TypedDict, total=False):
    """An expression of time; with what is set for that day, where a calendar has it: vote, election, deadline …"""

    id: str
    span: Span
    type: str
    value: str
    mod: str
    precision: str
    occasion: str
    status: str
    words: Span
    who: list[str]  # ids of entities
    where: str
    said_in: str  # id of a statement
    explain: str


class Record(TypedDict, total=False):
    """A record of schema chancery/1; docs/codebook.md has every field."""

    schema: str
    made_by: Maker
    article: dict[str, Any]
    entities: list[dict[str, Any]]
    times: list[Time]
    statements: list[dict[str, Any]]
    events: list[dict[str, Any]]
    positions: list[dict[str, Any]]
    novelty: list[dict[str, Any]]
