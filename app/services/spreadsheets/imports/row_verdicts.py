"""One row after the other: which record it is about, what it changes, what is wrong with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from app.core.errors import Problem
from app.core.i18n import _
from app.core.ids import new_id
from app.core.line import Data
from app.services.records import records
from app.services.records.planned_view import Ahead
from app.services.spreadsheets.imports import links, matching
from app.services.spreadsheets.imports.matching import Key, Known
from app.services.spreadsheets.imports.plans import (
    KINDS,
    NOTES,
    PLACES,
    Difference,
    Entry,
    Place,
    Row,
    Verdict,
)
from app.services.spreadsheets.sheets import Read
from app.services.training.rules import groups_of


@dataclass(frozen=True, slots=True)
class _Draft:
    type: str
    id: str
    before: Known | None
    data: Data

    @property
    def differences(self) -> list[Difference]:
        """What changes in a record that is already here."""
        return matching.differences(self.type, self.before.data, self.data) if self.before else []


class Judging:
    """A list being judged. It knows the records that are here and the rows that came before."""

    def __init__(self, view: Ahead, kind: str, *, owner: str, overwrite: bool) -> None:
        self.matched: set[str] = set()
        self._view = view
        self._types = KINDS[kind]
        self._place = PLACES.get(kind)
        self._owner = owner
        self._overwrite = overwrite
        self._known: dict[Key, list[Known]] = {}
        self._places: dict[str, Known] = {}
        self._new_ids: dict[int, str] = {}
        self._first: dict[Key, int] = {}

    def prepare(self, reads: Sequence[Read]) -> None:
        """Read at once what the rules will ask of each row."""
        view, main = self._view, self._types[0]
        self._new_ids = {read.row_number: new_id() for read in reads}
        found = dict(self._kept(main, reads))
        for known in matching.known(view.connection, main, found):
            self._known.setdefault(matching.key(main, known.data), []).append(known)
        if self._place is not None:
            people = [*found, *self._new_ids.values()]
            for type_ in dict.fromkeys(("membership", self._place.type)):
                view.load(type_, "person", people)
            self._places = self._standing(self._place)

    def judge(self, read: Read) -> Row:
        """Tell what becomes of a row; the rows after it are judged as if it were in."""
        main = self._types[0]
        values, unnamed = links.found(self._view, main, read.values)
        read = replace(read, values=values)
        key = matching.key(main, values)
        known = self._known.get(key, [])
        drafts = self._drafts(read, known[0] if known else None)
        doubled = self._doubled(key, read.row_number, known)
        said = [*read.problems, *unnamed, *doubled]
        # the rules would only say of a doubled row that it stands in its own way
        entries, problems = ([], []) if doubled else self._checked(drafts)
        # of a cell that could not be read, one reason is enough
        unread = {problem.field for problem in said if not problem.warning}
        said += [problem for problem in problems if problem.field not in unread]
        verdict = _verdict(said, entries)
        if verdict is Verdict.REFUSED:
            entries = []
        for entry in entries:
            self._view.put(entry.type, entry.id, entry.data)
        return Row(
            number=read.row_number,
            verdict=verdict,
            title=records.title(main, drafts[0].data),
            differences=tuple(difference for draft in drafts for difference in draft.differences),
            problems=tuple(said),
            entries=tuple(entries),
        )

    def _kept(self, main: str, reads: Sequence[Read]) -> Iterable[tuple[str, Data]]:
        """Give the records that the rows may be about."""
        if main == "person":
            return self._people(reads).items()
        if main == "payment":
            numbers = [read.values.get("receipt_no") for read in reads]
            return self._view.load("payment", "receipt_no", numbers)
        return self._view.where("group") if main == "group" else ()

    def _people(self, reads: Sequence[Read]) -> dict[str, Data]:
        found: dict[str, Data] = {}
        for name in matching.NUMBERS:
            numbers = [read.values[name] for read in reads if name in read.values]
            found |= self._view.load("person", name, numbers)
        return found

    def _standing(self, place: Place) -> dict[str, Known]:
        """Give the places that have not ended, by person."""
        found = dict(self._view.where(place.type, **{place.owner: self._owner}))
        active = {i: data for i, data in found.items() if not data.get("left_on")}
        known = matching.known(self._view.connection, place.type, active)
        return {each.data.get("person", ""): each for each in known}

    def _doubled(self, key: Key, number: int, known: list[Known]) -> list[Problem]:
        """Refuse what the file says twice, and what more than one record could be meant by."""
        if not key:
            return []
        field = "name" if self._types[0] == "group" else key[0]
        first = self._first.setdefault(key, number)
        if first != number:
            message = _("Row {row} has the same number or name. Keep one of the two rows.").format(
                row=first
            )
            return [Problem(field, message, "twice_in_file")]
        if len(known) > 1:
            message = _(
                "{count} records have this number or name already. Void all but one of them first."
            )
            return [Problem(field, message.format(count=len(known)), "several_known")]
        return []

    def _drafts(self, read: Read, known: Known | None) -> list[_Draft]:
        """Lay the row over the records that it is about, or begin new ones."""
        record_id = known.id if known else self._new_ids[read.row_number]
        drafts = [self._draft(self._types[0], record_id, known, read.values)]
        if self._place is not None:
            standing = self._places.get(record_id)
            values = read.values | {self._place.owner: self._owner, "person": record_id}
            if self._place.type == "enrolment" and standing is None:
                values = self._applied(record_id) | values
            place_id = standing.id if standing else new_id()
            drafts.append(self._draft(self._place.type, place_id, standing, values))
        return drafts

    def _applied(self, person: str) -> Data:
        """Give what an application says where the list does not: today, the only group."""
        groups = groups_of(self._view, person)
        named = {"group": groups[0]} if len(groups) == 1 else {}
        return {"applied_on": self._view.today.isoformat()} | named

    def _draft(self, type_: str, record_id: str, before: Known | None, values: Data) -> _Draft:
        if before is None:
            return _Draft(type_, record_id, None, matching.begun(type_, values))
        self.matched.add(record_id)
        data = matching.laid_over(type_, before.data, values, overwrite=self._overwrite)
        return _Draft(type_, record_id, before, data)

    def _checked(self, drafts: list[_Draft]) -> tuple[list[Entry], list[Problem]]:
        """Check what is new or changed as a save would; a reason once given still holds."""
        entries: list[Entry] = []
        problems: list[Problem] = []
        self._view.in_hand = {draft.id: draft.data for draft in drafts}
        for draft in drafts:
            if draft.before and draft.data == draft.before.data:
                continue
            given = draft.data.get("reasons", {})
            found = records.problems(self._view, draft.type, draft.id, draft.data)
            kept = {each.code: given[each.code] for each in found if each.code in given}
            wanting = [each for each in found if not (each.warning and each.code in kept)]
            problems += [*wanting, *_conflict(draft.before)]
            data = {name: value for name, value in draft.data.items() if name != "reasons"}
            entries.append(
                Entry(
                    type=draft.type,
                    id=draft.id,
                    data=data | ({"reasons": kept} if kept else {}),
                    parents=draft.before.heads if draft.before else (),
                    warnings=tuple(each.code for each in wanting if each.warning),
                )
            )
        self._view.in_hand = {}
        return entries, problems


def _conflict(known: Known | None) -> list[Problem]:
    if known is None or len(known.heads) == 1:
        return []
    message = _("Two desks changed this record. Settle that first, then import the row.")
    return [Problem("", message, "conflict")]


def _verdict(said: list[Problem], entries: list[Entry]) -> Verdict:
    if any(not problem.warning for problem in said):
        return Verdict.REFUSED
    if not entries:
        return Verdict.SAME
    if any(problem.code not in NOTES for problem in said):
        return Verdict.WARNED
    return Verdict.CHANGED if all(entry.parents for entry in entries) else Verdict.NEW
