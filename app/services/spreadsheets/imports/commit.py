"""A plan carried out as one act, and the rows that were left out given back."""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from sqlalchemy import select

from app.core.errors import Changed, Invalid, Problem
from app.core.i18n import _
from app.core.line import Data
from app.models.office.store import Store
from app.models.records.base import entities
from app.models.records.lines import lines
from app.services.records import autofill, lists
from app.services.records.acts import Acting, act
from app.services.records.planned_view import Ahead
from app.services.spreadsheets import sheets
from app.services.spreadsheets.imports.dry_run import fields
from app.services.spreadsheets.imports.plans import NOTES, Entry, Plan, Verdict
from app.sync.bundle import Step, no_step

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote, by the plan's counts; `act` is "" where there was nothing to write."""

    act: str
    counts: dict[str, int]


def commit(store: Store, plan: Plan, *, reason: str = "", step: Step = no_step) -> Imported:
    """Write what a plan holds, all or nothing; history.undo takes the whole act back.

    `reason` is the clerk's for every warning of a rule in the list. Raises Invalid "no_reason"
    where one is needed, and Changed where the records were changed since the plan was made.
    """
    order = lists.kinds()[plan.kind].types.index
    entries = [entry for row in plan.rows for entry in row.entries]
    entries.sort(key=lambda entry: order(entry.type))
    if plan.needs_reason and not reason.strip():
        message = _(
            "Some rows have warnings. Give one reason for all of them, or correct the file."
        )
        raise Invalid([Problem("reason", message, "no_reason")])
    if not entries:
        return Imported("", plan.counts)

    def work(acting: Acting) -> Imported:
        view = Ahead(acting.connection, acting.act.origin.office)
        _refuse_if_changed(view, plan, entries)
        for start in range(0, len(entries), _AT_ONCE):
            step(start, len(entries))
            _write(acting, view, entries[start : start + _AT_ONCE], reason.strip())
        step(len(entries), len(entries))
        return Imported(acting.act.id, plan.counts)

    return act(store, work)


def export_refused(plan: Plan, path: Path) -> None:
    """Write the refused rows as they were, each with its reasons, to be corrected and read again.

    What was doubtful in a row stands beside its reasons: a date is written as it was understood.
    Raises UserError as durable.write does.
    """
    labels = {target.name: target.label for target in sheets.targets(fields(plan.kind))}
    headings = [
        labels.get(target, heading)
        for target, heading in zip(plan.columns.targets, plan.columns.headings, strict=True)
    ]
    rows = [
        [*row.cells, " · ".join(each.message for each in row.problems if each.code not in NOTES)]
        for row in plan.rows
        if row.verdict is Verdict.REFUSED
    ]
    sheets.write_rows(path, [*headings, _("Reason for refusal")], rows)


def _refuse_if_changed(view: Ahead, plan: Plan, entries: list[Entry]) -> None:
    """Look at every record that got a line since the plan: is it one that the plan stands on?"""
    kind = lists.kinds()[plan.kind]
    main, place = lists.listed(kind.type), kind.place
    keys = {main.key_of(each.data) for each in entries if each.type == main.type} - {()}
    since = select(lines.c.type, lines.c.id).where(lines.c.no > plan.position).distinct()
    for type_, record_id in view.connection.execute(since).all():
        data = view.get(type_, record_id) if type_ in entities() else None
        if (
            record_id in plan.matched
            or record_id == plan.owner
            or (data and type_ == main.type and main.key_of(data) in keys)
            or (data and place and type_ == place.type and data.get(kind.owner) == plan.owner)
        ):
            raise Changed(
                _("The records were changed after the file was checked. Check it again."),
                code="changed",
            )


def _write(acting: Acting, view: Ahead, entries: list[Entry], reason: str) -> None:
    for type_, some in groupby(entries, key=lambda entry: entry.type):
        written = []
        for entry in some:
            data = autofill.complete(view, type_, entry.id, _with_reason(entry, reason))
            view.put(type_, entry.id, data)
            written.append((entry.id, data, entry.parents))
        acting.put_many(type_, written)
    # the lines of some rows at a time: all of them at once took 400 MB for 20,000 rows
    acting.write()


def _with_reason(entry: Entry, reason: str) -> Data:
    reasons = entry.data.get("reasons", {}) | dict.fromkeys(entry.warnings, reason)
    return entry.data | ({"reasons": reasons} if reasons else {})
