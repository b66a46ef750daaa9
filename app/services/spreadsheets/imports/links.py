"""Records that a row names as people do: a file by its number, a person by the id number."""

from dataclasses import replace

from app.core.errors import Problem
from app.core.fields import Field, Kind
from app.core.i18n import _
from app.core.line import Data
from app.services.records import records
from app.services.records.record_view import View

_OF_LISTS = ("loan_file", "payment")  # the others know their owner before the list is read

# What a record of a type is named by in a list, the surest first.
_NAMED_BY = {
    "loan_file": ("file_no", "contract_no"),
    "group": ("group_no", "name"),
    "person": ("id_no",),
}


def in_words(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Give the fields with those that hold another record as the text that names it."""
    return tuple(_in_words(field) for field in fields)


def found(view: View, type_: str, values: Data) -> tuple[Data, list[Problem]]:
    """Give the values of a row with the ids of the records it names, and what is named by none."""
    problems: list[Problem] = []
    if type_ not in _OF_LISTS:
        return values, problems
    for field in records.fields(type_):
        if field.kind is not Kind.RECORD or field.name not in values:
            continue
        text = values[field.name]
        ids = _ids(view, field.target, text)
        if len(ids) == 1:
            values = values | {field.name: ids[0]}
            continue
        values = {name: value for name, value in values.items() if name != field.name}
        message = (
            _("Several records are named {text}. Write the number instead.")
            if ids
            else _("No record is named {text}.")
        )
        problems.append(Problem(field.name, message.format(text=text), "not_named"))
    return values, problems


def _in_words(field: Field) -> Field:
    if field.kind is not Kind.RECORD:
        return field
    kind = Kind.CITIZEN_ID if field.target == "person" else Kind.TEXT
    return replace(field, kind=kind, target="")


def _ids(view: View, target: str, text: str) -> list[str]:
    for column in _NAMED_BY[target]:
        if ids := [record_id for record_id, _data in view.where(target, **{column: text})]:
            return ids
    return []
