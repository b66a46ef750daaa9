"""Papers that go out: each is given its number in one transaction, and those very bytes go."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, insert, select

from app.core.errors import UserError
from app.core.i18n import _
from app.models.office.store import Store
from app.models.printed import REQUESTED, printed
from app.models.records.audit import note
from app.models.records.base import type_of_users
from app.reports import registry
from app.reports.history_copy import overlaid
from app.reports.layout.joined import joined
from app.services.office import epochs, print_diary
from app.services.office.print_diary import CAME, FAILED
from app.services.printing.printing import Facts, Preview, now, signing_key
from app.services.records import diary, naming
from app.sync import durable


@dataclass(frozen=True, slots=True)
class Print:
    """A paper that has its number; `no` is its place in the diary of prints."""

    no: int
    form: str
    record: str
    copy: int
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Papers on their way out, in their order."""

    prints: tuple[Print, ...]

    def pdf(self) -> bytes:
        """Return all papers as one document; a single paper keeps its very bytes."""
        first, *others = (each.pdf for each in self.prints)
        return joined([first, *others]) if others else first


def request(
    store: Store,
    previews: Sequence[Preview],
    *,
    copies: int = 1,
    step: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Outgoing:
    """Number every copy of the previewed papers and return the bytes that go out.

    The copies lie as a printer would sort them: the whole list, then the whole list again.

    Raises UserError "changed" where a paper would no longer say what was looked at; then, and
    when `step` raises, no number is given. Ask afterwards whether the papers came out, and tell
    printed_papers.answer.
    """

    def work(connection: Connection) -> Outgoing:
        again = {_paper(each): _times(connection, each) for each in previews}
        at = now()
        prints = []
        for number, preview in enumerate([*previews] * copies):
            step(number, len(previews) * copies)
            if number < len(previews):
                _refuse_changed(connection, preview)
            prints.append(_give(connection, store.user, preview, again[_paper(preview)], at))
        return Outgoing(tuple(prints))

    gone = store.write(work)
    epochs.note_printed(store, gone.prints[-1].no)
    return gone


def save(
    store: Store,
    previews: Sequence[Preview],
    path: Path,
    *,
    step: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Outgoing:
    """Write papers to a file that is there whole or not at all; a written file has come out.

    Numbers are given once the file is open. Raises UserError as request does and where the file
    cannot be written; it says so where numbers are spent.
    """
    given: list[Outgoing] = []

    def chunks() -> Iterator[bytes]:
        given.append(request(store, previews, step=step))
        yield given[0].pdf()

    try:
        durable.write(path, chunks())
    except BaseException as error:
        if not given:
            raise
        _answer(store, given[0], FAILED)
        if not isinstance(error, UserError):
            raise
        spent = _("The numbers of these papers are spent; the next have others.")
        raise UserError(f"{error.sentence} {spent}", code=error.code) from error
    _answer(store, given[0], CAME)
    return given[0]


def copy_of(store: Store, no: int) -> bytes:
    """Return a kept paper as it went out, marked as a copy of what was; it takes no number.

    Raises UserError "not_found" and "erased". Nothing is noted: note_copy does that.
    """
    with store.read() as connection:
        row = connection.execute(select(printed.c.pdf).where(printed.c.no == no)).first()
    if row is None:
        raise UserError(
            _("There is no print of this number in the diary. The command prints lists them."),
            code="not_found",
        )
    if row.pdf is None:
        raise UserError(
            _("The central office had this record erased, and the kept print with it."),
            code="erased",
        )
    return overlaid(row.pdf, by=naming.title_of(store, type_of_users(), store.user), at=now())


def note_copy(store: Store, no: int) -> None:
    """Note in the diary of access that a copy of a kept paper goes out."""
    with store.read() as connection:
        row = connection.execute(select(printed).where(printed.c.no == no)).mappings().one()
    diary.note_now(store, diary.COPY, f"{row['form']} {row['record']} {row['copy']}")


def _answer(store: Store, outgoing: Outgoing, said: str) -> None:
    print_diary.answer(store, [each.no for each in outgoing.prints], said)


def _paper(preview: Preview) -> tuple[str, str]:
    return preview.form, preview.record


def _times(connection: Connection, preview: Preview) -> int:
    """Count how often a form of a record was printed before, in one copy or in many."""
    last = connection.scalar(_of_paper(func.max(printed.c.again), preview))
    return 0 if last is None else last + 1


def _refuse_changed(connection: Connection, preview: Preview) -> None:
    if _without_time(preview.gather(connection)) != _without_time(preview.facts):
        raise UserError(
            _(
                "What this paper says was changed after the preview was drawn. Nothing was printed "
                "and no number is taken. Close the preview and look at the paper again."
            ),
            code="changed",
        )


def _without_time(facts: Facts) -> Facts:
    return replace(facts, data=replace(facts.data, stamp=replace(facts.data.stamp, printed_at="")))


def _give(connection: Connection, user: str, preview: Preview, again: int, at: str) -> Print:
    copy = (connection.scalar(_of_paper(func.max(printed.c.copy), preview)) or 0) + 1
    data = preview.facts.data
    stamp = replace(
        data.stamp,
        preview=False,
        qr=preview.qr(connection, copy),
        copy=copy,
        again=again,
        printed_at=at,
    )
    pdf = registry.draw(preview.form, replace(data, stamp=stamp), thai_digits=preview.thai_digits)
    row = {
        "form": preview.form,
        "record": preview.record,
        "rev": preview.facts.rev,
        "copy": copy,
        "again": again,
        "key": signing_key(connection).key_id[:8],
        "state": REQUESTED,
        "at": at,
        "by": user,
        "pdf": pdf,
    }
    no = connection.execute(insert(printed).values(row).returning(printed.c.no)).scalar_one()
    note(connection, user, diary.PRINT, f"{preview.form} {preview.record} {copy}")
    return Print(no, preview.form, preview.record, copy, pdf)


def _of_paper(what: Any, preview: Preview) -> Any:
    return select(what).where(printed.c.form == preview.form, printed.c.record == preview.record)
