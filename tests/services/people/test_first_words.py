"""Words that found no record begin the new one: a name, a number, or nothing at all."""

import pytest

from app.core.fields import Draft
from app.services.people.first_words import begun


@pytest.mark.parametrize(
    ("type_", "words", "draft"),
    [
        ("person", "สมหมาย", {"first_th": "สมหมาย"}),
        (
            "person",
            " น.ส. สมหมาย  ณ อยุธยา ",
            {"title_th": "นางสาว", "first_th": "สมหมาย", "last_th": "ณ อยุธยา"},
        ),
        ("person", "๙-๐๐๐๐-๐๐๐๐๐-๐๑-๒", {"id_no": "9000000000012"}),
        ("person", "081 234 5678", {"phone": "0812345678"}),
        ("person", "1234", {}),
        ("person", "", {}),
        ("group", "กลุ่มข้าวมาลี", {"name": "กลุ่มข้าวมาลี"}),
        ("product", "ข้าวฮาง", {"name": "ข้าวฮาง"}),
        ("budget_source", "", {}),
        ("loan_file", "15-2568-A-0001", {}),
    ],
)
def test_words_are_put_where_they_belong(type_: str, words: str, draft: Draft) -> None:
    assert begun(type_, words) == draft
