"""How an entity is described: one column, one Field; everything else is derived from them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import Any, ClassVar

import orjson
from sqlalchemy import BigInteger, Boolean, Dialect, Index, MetaData, Table, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, declared_attr, mapped_column
from sqlalchemy.types import TypeEngine

from app.core import holding, json_text, thai
from app.core.fields import Field, Kind
from app.core.ids import short_id

Data = dict[str, Any]


class Writer(StrEnum):
    """Whose line of a type may exist at all."""

    OFFICE = "office"
    CENTRE = "centre"


class Json(TypeDecorator[Any]):
    """A list or an object kept as sorted JSON text: the inner rows of an aggregate."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write the value the same way each time, so that rows can be compared."""
        if value is None:
            return None
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read it back."""
        return None if value is None else json_text.kept(value)


class Base(DeclarativeBase):
    """Everything that has a table."""

    metadata = MetaData(
        naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
    )


def field(label: str, kind: Kind, **details: Any) -> MappedColumn[Any]:
    """Describe a column once: label (an English msgid), Kind and bounds, as in core.fields.Field.

    Every column may be empty in the store: a record arrives by bundle as it was written, and what
    must be filled in is a check, never a constraint.
    """
    index = details.pop("index", False)
    return mapped_column(
        _SQL_TYPES.get(kind, Text)(),
        nullable=True,
        index=index,
        info={"field": Field("", label, kind, **details)},
    )


_SQL_TYPES: dict[Kind, type[TypeEngine[Any]]] = {
    Kind.BAHT: BigInteger,
    Kind.WHOLE: BigInteger,
    Kind.POINTS: BigInteger,
    Kind.FLAG: Boolean,
    Kind.ADDRESS: Json,
    Kind.ROWS: Json,
}


class Record(Base):
    """A journalled entity. Its table is a projection of the journal and can be rebuilt from it."""

    __abstract__ = True

    no: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(Text, unique=True)
    office: Mapped[str] = mapped_column(Text)
    void_reason: Mapped[str | None] = mapped_column(Text)
    reasons: Mapped[dict[str, str] | None] = mapped_column(Json)
    unknown: Mapped[dict[str, Any] | None] = mapped_column(Json)
    search_key: Mapped[str] = mapped_column(Text, index=True)
    sort_key: Mapped[str] = mapped_column(Text)

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Index, ...]:
        """Index what a list is searched and sorted by, and `counted`: walking it reads no row."""
        name = f"ix_{cls.__tablename__}"
        order = Index(f"{name}_order", "sort_key", "search_key", "void_reason")
        return (order, Index(f"{name}_counted", *cls.counted)) if cls.counted else (order,)

    writer: ClassVar[Writer] = Writer.OFFICE
    label: ClassVar[str] = ""
    schema: ClassVar[int] = 1
    upcasters: ClassVar[Mapping[int, Callable[[Data], Data]]] = {}
    listed: ClassVar[bool] = False  # shown by the search of everything
    head_only: ClassVar[bool] = False  # written by the head of the office alone
    counted: ClassVar[tuple[str, ...]] = ()  # the columns that the overview counts by
    consent: ClassVar[str] = ""  # the purpose without which its `person` lets no line leave
    numbered: ClassVar[str] = ""  # the column of the running number that the office gives
    details: ClassVar[tuple[str, ...]] = ()  # the columns that tell namesakes apart in a search
    signs_in: ClassVar[bool] = False  # a line names one of these records as who wrote it

    @classmethod
    def title(cls, data: Mapping[str, Any]) -> str:
        """Name the record as a clerk would."""
        return str(data.get("name", ""))

    @classmethod
    def search_words(cls, data: Mapping[str, Any]) -> list[str]:
        """List the texts by which the record is found; the first is also found by its beginning."""
        return [cls.title(data)]


COMMON = tuple(holding.of_any_record())


_DESCRIBED_IN = (
    "app.models.people.consent",
    "app.models.loans.decision",
    "app.models.groups",
    "app.models.people.links",
    "app.models.loans.file",
    "app.models.office.users",
    "app.models.people.person",
    "app.models.certification",
    "app.models.loans.repayment",
    "app.models.training",
    "app.models.visits",
)


@cache
def entities() -> dict[str, type[Record]]:
    """Return every journalled entity by its type; their modules are named one by one."""
    for name in _DESCRIBED_IN:
        import_module(name)
    return {
        entity.__tablename__: entity
        for entity in sorted(Record.__subclasses__(), key=lambda entity: entity.__tablename__)
    }


@cache
def type_of_users() -> str:
    """Return the type of the records that lines name as their writers."""
    return next(type_ for type_, entity in entities().items() if entity.signs_in)


def table_of(type_: str) -> Table:
    """Return the table of a record type."""
    table = entities()[type_].__table__
    assert isinstance(table, Table)  # noqa: S101 (what a mapped class has, for the type checker)
    return table


@cache
def fields_of(entity: type[Record]) -> tuple[Field, ...]:
    """List the described fields of an entity in the order of its columns."""
    return tuple(
        replace(column.info["field"], name=column.key)
        for column in entity.__table__.columns
        if "field" in column.info
    )


@cache
def rules_of(entity: type[Record]) -> holding.Rules:
    """Return the form of everything that a record of a type may hold in a described field."""
    return {**holding.rules_of(fields_of(entity)), **holding.of_any_record()}


def upcast(entity: type[Record], data: Data, version: int) -> Data:
    """Convert the data of an old line to this program's version of the type.

    Null is absence in an old line. A newer version than ours comes back as it is: its unknown
    fields stay verbatim.
    """
    if version < entity.schema:
        data = {name: value for name, value in data.items() if value is not None}
    for step in range(version, entity.schema):
        data = entity.upcasters[step](data)
    return data


def read(entity: type[Record], data: Data, version: int) -> Data:
    """Read the data of a line that is stored: what no row can hold, such as null, is absent.

    The gates let no such value in any more; older programs did, and newer ones may.
    """
    return holding.readable(rules_of(entity), upcast(entity, data, version))


def row_of(entity: type[Record], record_id: str, office: str, data: Data) -> Data:
    """Project a record's data on the columns of its table."""
    described = {field.name for field in fields_of(entity)}
    known = {name: data.get(name) for name in described}
    words = [word for word in entity.search_words(data) if word]
    return {
        **known,
        **{name: data.get(name) for name in COMMON},
        "id": record_id,
        "office": office,
        "unknown": {k: v for k, v in data.items() if k not in described and k not in COMMON}
        or None,
        "search_key": "|".join([*map(thai.search_key, words), short_id(record_id)]),
        "sort_key": thai.sort_key(words[0]) if words else "",
    }


def data_of(entity: type[Record], row: Mapping[Any, Any]) -> Data:
    """Read a record's data back from a row of its table; the inverse of row_of."""
    names = [field.name for field in fields_of(entity)] + list(COMMON)
    data = {name: row[name] for name in names if row[name] is not None}
    return data | (row["unknown"] or {})
