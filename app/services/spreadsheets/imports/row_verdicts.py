"""Verdicts on the rows of a list, one by one: the record meant, the changes, the problems."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.core.errors import Problem
from app.core.i18n import _
from app.core.ids import new_id
from app.core.line import Data
from app.models.records.record_type import RecordType
from app.services.records import lists, records
from app.services.records.lists import Key, ListKind, Place
from app.services.records.planned_view import Ahead
from app.services.spreadsheets.imports import links, matching
from app.services.spreadsheets.imports.matching import Known
from app.services.spreadsheets.imports.plans import NOTES, Difference, Entry, Row, Verdict
from app.services.spreadsheets.sheets import Read


@dataclass(frozen=True, slots=True)
class _Draft:
    type: str
    id: str
    before: Known | None
    data: Data

    @property
    def differences(self) -> list[Difference]:
        """Return the changes to a known record."""
        return matching.differences(self.type, self.before.data, self.data) if self.before else []


class Judging:
    """A list being judged. It knows the records that are here and the rows that came before."""

    def __init__(self, view: Ahead, kind: ListKind, *, owner: str, overwrite: bool) -> None:
        self.matched: set[str] = set()
        self._view = view
        self._kind = kind
        self._listed = lists.listed(kind.type)
        self._owner = owner
        self._overwrite = overwrite
        self._known: dict[Key, list[Known]] = {}
        self._places: dict[str, Known] = {}
        self._new_ids: dict[int, str] = {}
        self._first: dict[Key, int] = {}

    def prepare(self, reads: Sequence[Read]) -> None:
        """Read at once what the rules will ask of each row."""
        view, kind = self._view, self._kind
        self._new_ids = {read.row_number: new_id() for read in reads}
        found = dict(self._kept(reads))
        for known in matching.known(view.connection, kind.type, found):
            self._known.setdefault(self._listed.key_of(known.data), []).append(known)
        if kind.place is not None:
            rows = [*found, *self._new_ids.values()]
            for type_ in kind.place.asked:
                view.load(RecordType[Data](type_), kind.place.member, rows)
            self._places = self._standing(kind.place)

    def judge(self, read: Read) -> Row:
        """Tell what becomes of a row; the rows after it are judged as if it were in."""
        main = self._kind.type
        values, unnamed = links.found(self._view, main, read.values)
        read = replace(read, values=values)
        key = self._listed.key_of(values)
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

    def _kept(self, reads: Sequence[Read]) -> Iterator[tuple[str, Data]]:
        """Yield the records that the rows may be about."""
        type_, listed = RecordType[Data](self._kind.type), self._listed
        if listed.key is not None:  # no column holds such a key
            yield from self._view.where(type_)
            return
        for name in listed.known_by:
            numbers = [read.values[name] for read in reads if name in read.values]
            yield from self._view.load(RecordType[Data](type_), name, numbers)

    def _standing(self, place: Place) -> dict[str, Known]:
        """Return the places that have not ended, by the record that has the place."""
        found = dict(
            self._view.where(RecordType[Data](place.type), **{self._kind.owner: self._owner})
        )
        active = {i: data for i, data in found.items() if not data.get(place.ended)}
        known = matching.known(self._view.connection, place.type, active)
        return {each.data.get(place.member, ""): each for each in known}

    def _doubled(self, key: Key, number: int, known: list[Known]) -> list[Problem]:
        """Refuse what the file says twice, and what more than one record could be meant by."""
        if not key:
            return []
        field = self._listed.field_of(key)
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
        drafts = [self._draft(self._kind.type, record_id, known, read.values)]
        place = self._kind.place
        if place is not None:
            standing = self._places.get(record_id)
            values = read.values | {self._kind.owner: self._owner, place.member: record_id}
            if place.begun is not None and standing is None:
                values = place.begun(self._view, record_id) | values
            place_id = standing.id if standing else new_id()
            drafts.append(self._draft(place.type, place_id, standing, values))
        return drafts

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
