"""Random data for any form, built from the types of its fields: empty, ordinary and too long."""

import dataclasses
import typing
from types import UnionType
from typing import Any

from hypothesis import strategies as st

from app.reports.stamp import Stamp

LONG_NAME = "ว่าที่ร้อยตรีหญิง พรรณทิพย์วรรณลักษมี ศรีสุวรรณภูมิวัฒนานนท์"
UNBROKEN = "สหกรณ์วิสาหกิจ" * 12
TEXTS = st.sampled_from(
    ["", "-", "ก", "นางปี่ ญาณน้ำ", "12/3", LONG_NAME, UNBROKEN, f"{LONG_NAME} " * 6, "Online Shop 24"]
)
DAYS = st.sampled_from(["", "1947", "1947-03", "2025-03-31"])
IDS = st.sampled_from(["", "9104002000004", "AA1234567"])
NUMBERS = st.sampled_from([0, 1, 60, 5_000_000, 99_999_999_999])
SIZES = st.sampled_from([0, 0, 1, 2, 15, 16, 60])


def drafts(form: type) -> st.SearchStrategy[Any]:
    """Build any data of a form."""
    return st.fixed_dictionaries(
        {
            each.name: _field(each.name, typing.get_type_hints(form)[each.name])
            for each in dataclasses.fields(form)
        }
    ).map(lambda values: form(**values))


def _field(name: str, kind: Any) -> st.SearchStrategy[Any]:
    if kind is Stamp:
        return _stamps()
    if dataclasses.is_dataclass(kind):
        return drafts(kind)  # type: ignore[arg-type]
    if typing.get_origin(kind) is tuple:
        return _rows(_field(name, typing.get_args(kind)[0]))
    if isinstance(kind, UnionType):
        return st.none() | NUMBERS
    if kind is int:
        return st.integers(1, 60) if name in ("number", "first", "last") else NUMBERS
    return _text(name)


def _text(name: str) -> st.SearchStrategy[str]:
    if name.endswith("_on"):
        return DAYS
    if name == "kind":
        return st.sampled_from(["individual", "group", "company", "home_worker", "unheard_of"])
    return IDS if name == "id_no" else TEXTS


def _rows(row: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Build few different rows and repeat them: a list of 60 costs no more than one of 3."""
    different = st.lists(row, min_size=3, max_size=3)
    return st.tuples(SIZES, different).map(
        lambda drawn: tuple(drawn[1][number % 3] for number in range(drawn[0]))
    )


def _stamps() -> st.SearchStrategy[Stamp]:
    return st.builds(
        Stamp,
        office=st.sampled_from(["สำนักงานจัดหางานจังหวัดอ่างทอง", "สำนักงานจัดหางาน" + LONG_NAME]),
        user=st.sampled_from(["", "เจ้าหน้าที่", LONG_NAME]),
        printed_at=st.just("2025-03-19T10:15"),
        file_no=st.sampled_from(["", "อท-68-A-0007"]),
        short_id=st.sampled_from(["", "0123456789"]),
        qr=st.sampled_from(["", "OTG 1"]),
        copy=st.sampled_from([0, 1, 12]),
        again=st.sampled_from([0, 1, 11]),
        desk=st.sampled_from(["A-3F9C", "W2-0123"]),
        preview=st.booleans(),
        draft=st.booleans(),
        sample=st.booleans(),
    )
