"""Tables at the end of a page: the row of sums stands on it, under a row of its own table."""

import dataclasses

import pytest

from app.reports import registry
from app.reports.layout.page import BOTTOM, HEIGHT
from tests.reports.layout import texts_of


@pytest.mark.parametrize("rows", range(1, 76))
def test_the_sums_stay_on_the_page_and_are_never_alone(rows: int) -> None:
    sample = registry.FORMS["instalment_table"].sample()
    data = dataclasses.replace(
        sample,
        instalments=tuple(
            dataclasses.replace(sample.instalments[0], number=number)
            for number in range(1, rows + 1)
        ),
    )

    pages = texts_of(registry.draw("instalment_table", data))

    ((page, sums),) = [
        (page, box) for page in pages for text, box in page if text.replace(" ", "") == "รวม"
    ]
    assert sums.bottom >= HEIGHT - BOTTOM
    assert any(text == str(rows) and box.bottom > sums.top for text, box in page)
