"""Every type alike: a record that another one names must be here."""

from collections.abc import Iterator

from app.core.errors import Problem
from app.core.fields import Field, Kind
from app.core.i18n import _
from app.core.line import Data
from app.models.records.base import entities, fields_of
from app.models.records.record_type import RecordType
from app.services.records.record_view import View
from app.services.records.rules import Rule, rule


def _rule_for(fields: list[Field]) -> Rule[Data]:
    def the_named_records_are_here(view: View, record_id: str, data: Data) -> Iterator[Problem]:
        """Warn, never refuse: the other record may arrive with the next file."""
        for field in fields:
            if (
                data.get(field.name)
                and view.get(RecordType[Data](field.target), data[field.name]) is None
            ):
                yield Problem(
                    field.name,
                    _("{label}: this record is not here or was voided.").format(
                        label=_(field.label)
                    ),
                    "not_here",
                    warning=True,
                )

    return the_named_records_are_here


for _type, _entity in entities().items():
    if _naming := [field for field in fields_of(_entity) if field.kind is Kind.RECORD]:
        rule(RecordType[Data](_type))(_rule_for(_naming))
