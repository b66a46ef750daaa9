"""The words that found no record, as the beginning of a new one."""

from app.core import thai
from app.core.fields import Draft
from app.services.people import full_names
from app.services.records import records


def begun(type_: str, words: str) -> Draft:
    """Put the words where they belong: a number by its length, a person's name taken apart."""
    words = thai.normalise(words)
    if type_ == "person":
        digits = thai.to_arabic_digits(words).replace("-", "").replace(" ", "")
        if digits.isdigit():
            return {name: digits for name, sizes in _NUMBERS.items() if len(digits) in sizes}
        return dict(full_names.split(words))
    typed = {each.name for each in records.fields(type_) if not each.derived}
    return {"name": words} if words and "name" in typed else {}


_NUMBERS = {"id_no": (13,), "phone": (9, 10)}
