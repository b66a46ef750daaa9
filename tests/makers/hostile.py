"""What a foreign or hostile writer may put into any described field, as lines of a pen."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from app.core.fields import ADDRESS_PARTS, NUMBERS, Field, Kind
from app.core.holding import longest
from app.models.records.base import Writer, entities, fields_of
from tests.makers.pens import Pen

VALUES: tuple[Any, ...] = (
    None, "", " ", "ก", "5", "0", -1, 0, 1, 2**31, 2**53 - 1, -(2**53) + 1, True, False, [], {},
    [None], [5], [[]], [["ลึก"]], [{}], [{"ก".encode().hex(): None}], {"a": {"b": None}},
    "\0", "ก\0ข", "\x01", "\b", "\t", "\n", "\r\n", "\x1f", "\x7f", "\x85", "\x9f", "\u2028",
    "\u202e", "\ufeff", "\ufffe", "\uffff", "๙" * 13, "9" * 13, "2568-13-01", "2025-03-31T00:00",
    "".join(chr(0x0E01 + (7 * place) % 46) for place in range(6_000)), "x" * 6_000, "../../x",
    "'; DROP TABLE head; --", "0" * 36, "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
MOMENTS = ("2025-13-45T99:99:99.999Z", "0000-00-00T00:00:00.000Z", "2025-02-30T00:00:00.000Z")
ALL = slice(0, None, 1)
DEPTHS = (1_000_000, 1_000_001, 2**53 - 1)


def types(writer: Writer | None = None) -> list[str]:
    """List the types that somebody may write, or all."""
    return [name for name, each in entities().items() if writer in (None, each.writer)]


def fill(pen: Pen, names: list[str], *, part: slice = ALL) -> Pen:
    """Write every described field of some types with every hostile value, a record for each.

    `part` takes some of them, of each type alike.
    """
    for type_ in names:
        for data in islice(_datas(fields_of(entities()[type_])), part.start, None, part.step):
            pen.write(type_, len(pen.lines) + 1, data)
    for moment in MOMENTS:
        pen.write("person", len(pen.lines) + 1, {"first_th": "ก"}, at=moment)
    for depth in DEPTHS:
        first = pen.write("person", len(pen.lines) + 1, {"first_th": "ก"})
        pen.write("person", len(pen.lines) + 1, {"first_th": "ข"}, first, depth=depth)
    return pen


def _datas(fields: tuple[Field, ...]) -> Iterator[dict[str, Any]]:
    for field in fields:
        for value in (*VALUES, *_at_the_border(field)):
            yield {field.name: value}
        inner = ADDRESS_PARTS if field.kind is Kind.ADDRESS else field.rows
        for each in inner:
            for value in (*VALUES, *_at_the_border(each)):
                within = {each.name: value}
                yield {field.name: within if field.kind is Kind.ADDRESS else [within]}
    for value in VALUES:
        yield {"void_reason": value}
        yield {"reasons": value}
        yield {"reasons": {"a": value}}
        yield {"strange": value}


def _at_the_border(field: Field) -> list[Any]:
    most = longest(field)
    if field.kind in NUMBERS:
        return []
    if field.kind is Kind.ROWS:
        return [[{}] * most, [{}] * (most + 1)]
    return ["ก" * most, "ก" * (most + 1)]
