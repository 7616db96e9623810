import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, BinaryIO, Literal, TypedDict, TypeVar, Union, overload
import datetime

from . import rows as rows
from ._errors import (
    BadInput as BadInput,
    BadRequest as BadRequest,
    CannotStart as CannotStart,
    ChanceryError as ChanceryError,
    Damaged as Damaged,
    Fault as Fault,
    Late as Late,
    NotOpen as NotOpen,
)

__version__: str

Path = Union[str, os.PathLike[str]]
Report = Union[str, bytes, bytearray, memoryview]
Day = Union[str, datetime.date]
Span = list[int]

class Maker(TypedDict):
    engine: str
    model: str
    data: str

class Record(TypedDict, total=False):
    schema: str
    made_by: Maker
    article: dict[str, Any]
    entities: list[dict[str, Any]]
    times: list[dict[str, Any]]
    statements: list[dict[str, Any]]
    events: list[dict[str, Any]]
    positions: list[dict[str, Any]]
    novelty: list[dict[str, Any]]

def words(record: Record, spans: Union[Span, list[Span]]) -> str: ...
def extract(report: Report) -> dict[str, Any]: ...

class Engine:
    def __init__(
        self,
        model: Path = ...,
        *,
        data: Path | None = ...,
        ontology: Path | None = ...,
        every_attribution: bool = ...,
    ) -> None: ...
    @property
    def made_by(self) -> Maker: ...
    def read_json(
        self,
        report: Report,
        *,
        form: Literal["", "html", "text", "json"] = ...,
        id: str = ...,
        url: str = ...,
        publisher: str = ...,
        title: str = ...,
        published: Day = ...,
        explain: bool = ...,
    ) -> str: ...
    def read(
        self,
        report: Report,
        *,
        form: Literal["", "html", "text", "json"] = ...,
        id: str = ...,
        url: str = ...,
        publisher: str = ...,
        title: str = ...,
        published: Day = ...,
        explain: bool = ...,
    ) -> Record: ...
    def code(
        self,
        inputs: Path | Sequence[Path],
        *,
        threads: int = ...,
        explain: bool = ...,
        columns: str = ...,
        errors: Literal["warn", "raise", "ignore"] | Callable[[str], object] = ...,
    ) -> Iterator[Record]: ...

Row = TypeVar("Row", covariant=True)

class Table(Sequence[Row]):
    columns: list[str]
    kinds: list[Literal["text", "integer", "real", "day"]]
    after: str
    notes: list[str]
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __arrow_c_array__(self, requested_schema: object | None = ...) -> tuple[object, object]: ...
    def __arrow_c_schema__(self) -> object: ...
    def to_pandas(self, *, arrow: bool = ...) -> Any: ...
    def to_polars(self) -> Any: ...

Pair = Union[str, tuple[str, str], list[str]]
Value = Union[str, int, datetime.date, Pair, None]

class Ledger:
    def __init__(
        self,
        where: Path,
        mode: Literal["r", "w"] = ...,
        *,
        data: Path | None = ...,
        ontology: Path | None = ...,
        learn: bool = ...,
    ) -> None: ...
    def __enter__(self) -> Ledger: ...
    def __exit__(self, *problem: object) -> None: ...
    def close(self) -> None: ...
    def __len__(self) -> int: ...
    def add(self, record: Record | str) -> Literal["fresh", "known", "copy"]: ...
    def batch(self) -> AbstractContextManager[Ledger]: ...
    def record(self, number: int) -> Record: ...
    def ask(self, question: str, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[Any]: ...
    def pages(self, question: str, *, limit: int = ..., **filters: Value) -> Generator[Table[Any], None, None]: ...
    def export(self, format: str, to: Path | BinaryIO, *, from_: Day = ..., until: Day = ...) -> None: ...
    @staticmethod
    def questions() -> list[str]: ...
    @staticmethod
    def filters(question: str) -> list[str]: ...
    def statements(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.StatementsRow]: ...
    def events(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.EventsRow]: ...
    def acts(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.ActsRow]: ...
    def timeline(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[Any]: ...
    def positions(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.PositionsRow]: ...
    def changes(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.ChangesRow]: ...
    def calendar(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.CalendarRow]: ...
    def deadlines(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.DeadlinesRow]: ...
    def novelty(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.NoveltyRow]: ...
    def stories(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.StoriesRow]: ...
    def articles(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.ArticlesRow]: ...
    def topics(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.TopicsRow]: ...
    def contacts(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.ContactsRow]: ...
    def network(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.NetworkRow]: ...
    def copies(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.CopiesRow]: ...
    def actors(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.ActorsRow]: ...
    def search(self, *, limit: int = ..., milliseconds: int = ..., **filters: Value) -> Table[rows.SearchRow]: ...
