"""Records that a row names as people do: a file by its number, a person by the id number."""

from collections.abc import Iterable
from dataclasses import replace

from app.core.errors import Problem
from app.core.fields import Field, Kind
from app.core.i18n import _
from app.core.line import Data
from app.models.records.record_type import RecordType
from app.services.records import lists, records
from app.services.records.record_view import View


def in_words(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Return the fields; one that holds another record becomes the text naming that record."""
    return tuple(_in_words(field) for field in fields)


def found(view: View, type_: str, values: Data) -> tuple[Data, list[Problem]]:
    """Return the values of a row with the ids of the named records, and the unknown names."""
    problems: list[Problem] = []
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
    surest = lists.listed(field.target).named_by[0]
    named = next(each for each in records.fields(field.target) if each.name == surest)
    return replace(field, kind=named.kind, target="")


def _ids(view: View, target: str, text: str) -> list[str]:
    for column in lists.listed(target).named_by:
        if ids := [
            record_id for record_id, _data in view.where(RecordType[Data](target), **{column: text})
        ]:
            return ids
    return []
