"""Thai text, dates, money and numbers: the rules of writing that every layer shares."""

from app.core.thai.breaks import word_breaks
from app.core.thai.calendar import (
    age_range,
    be_year,
    check_date,
    fiscal_quarter,
    fiscal_year_be,
    format_date,
)
from app.core.thai.citizen_id import (
    citizen_id_check_digit,
    citizen_id_is_valid,
    format_citizen_id,
    mask_citizen_id,
)
from app.core.thai.digits import to_arabic_digits, to_thai_digits
from app.core.thai.money import baht_text, format_baht, parse_baht
from app.core.thai.order import sort_key
from app.core.thai.text import graphemes, normalise, search_key
from app.core.thai.typed_date import parse_date

__all__ = [
    "age_range",
    "baht_text",
    "be_year",
    "check_date",
    "citizen_id_check_digit",
    "citizen_id_is_valid",
    "fiscal_quarter",
    "fiscal_year_be",
    "format_baht",
    "format_citizen_id",
    "format_date",
    "graphemes",
    "mask_citizen_id",
    "normalise",
    "parse_baht",
    "parse_date",
    "search_key",
    "sort_key",
    "to_arabic_digits",
    "to_thai_digits",
    "word_breaks",
]
