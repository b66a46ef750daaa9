"""The budget of a round: double entry, only ever added to, and never more than there is.

The pot of a round is allotted to offices; what is allotted is reserved for applications in the
order in which they came complete, committed by a decision, disbursed, or goes back. Each posting
takes from one account and gives to another, so the sum is always the pot. What stands in the
accounts of a loan follows from the lines alone: postings only say when it came to be so.
"""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from app.core import programme
from app.core.errors import UserError
from app.core.i18n import _
from app.core.thai import format_baht
from app.models.central import tables

SOURCE, POT, ALLOTTED = "appropriation", "pot", "allotted"
RESERVED, COMMITTED, DISBURSED = "reserved", "committed", "disbursed"

_postings, _loans = tables.postings, tables.applications


@dataclass(frozen=True, slots=True)
class Balance:
    """What a round has become, in satang, of all offices or of one (whose pot is its allotment).

    allotted = reserved + committed + disbursed + left; `returned` was committed or disbursed once
    and went back.
    """

    appropriated: int
    allotted: int
    reserved: int
    committed: int
    disbursed: int
    returned: int
    left: int


def balance(connection: Connection, code: str, office: str | None = None) -> Balance:
    """Add up a round, of all offices or of one."""
    accounts, returned = _accounts(connection, code, office)
    held = {name: accounts.get(name, 0) for name in (RESERVED, COMMITTED, DISBURSED)}
    left = accounts.get(ALLOTTED, 0)
    return Balance(
        appropriated=-accounts.get(SOURCE, 0),
        allotted=left + sum(held.values()),
        **held,
        returned=returned,
        left=left,
    )


def rounds(connection: Connection) -> list[str]:
    """List the rounds that have a pot."""
    return sorted(connection.scalars(select(_postings.c.round).distinct()))


def appropriate(connection: Connection, code: str, amount: int) -> None:
    """Bring the pot of a round to an amount.

    Raises UserError "below_allotted" for less than the offices have already.
    """
    allotted = balance(connection, code).allotted
    if amount < allotted:
        raise UserError(
            _("Round {round}: {allotted} baht are allotted; the frame cannot be {amount}.").format(
                round=code, allotted=format_baht(allotted), amount=format_baht(amount)
            ),
            code="below_allotted",
        )
    put_back_pot(connection, code, amount)


def allot(connection: Connection, office: str, code: str, amount: int) -> None:
    """Bring the allotment of an office to an amount, and reserve what waited for it.

    Raises UserError: "no_round", "over_pot", "below_used".
    """
    _open(connection, code)
    before, pot = balance(connection, code, office), _pot(connection, code)
    used = before.committed + before.disbursed
    if amount - before.allotted > pot:
        raise UserError(
            _(
                "Round {round}: of {whole} baht only {left} are not allotted; "
                "office {office} cannot have {amount}."
            ).format(
                round=code,
                whole=format_baht(balance(connection, code).appropriated),
                left=format_baht(pot),
                office=office,
                amount=format_baht(amount),
            ),
            code="over_pot",
        )
    if amount < used:
        raise UserError(
            _(
                "Office {office} has {used} baht of round {round} decided already; "
                "its allotment cannot be {amount}."
            ).format(
                office=office,
                used=format_baht(used),
                round=code,
                amount=format_baht(amount),
            ),
            code="below_used",
        )
    put_back(connection, office, code, amount)


def put_back_pot(connection: Connection, code: str, amount: int) -> None:
    """Bring the pot of a round to an amount that was found right before."""
    held = balance(connection, code).appropriated
    _Book(connection, "", code).post(SOURCE, POT, amount - held)


def put_back(connection: Connection, office: str, code: str, amount: int) -> None:
    """Bring an allotment to an amount that was found right before."""
    _open(connection, code)
    before = balance(connection, code, office).allotted
    book = _Book(connection, office, code)
    if amount < before:  # what was reserved goes back before the allotment does
        book.reserve(amount)
    book.post(POT, ALLOTTED, amount - before)
    settle(connection, office, code)


def refuse_beyond(connection: Connection, office: str, loan: str, amount: int) -> None:
    """Refuse a commitment for which the allotment has no room: money reserved for others counts.

    Raises UserError "over_allotment" naming the figures.
    """
    code = connection.scalar(
        select(_loans.c.round).where(_loans.c.office == office, _loans.c.loan == loan)
    )
    whole = balance(connection, code or "", office)
    own = sum(_of_loans(connection, office, code or "").get(loan, {}).values())
    room = whole.left + own
    if amount > room:
        raise UserError(
            _(
                "Office {office} has {allotted} baht of round {round}; {used} are decided and "
                "{reserved} reserved for other applications. {amount} is more than the {room} left."
            ).format(
                office=office,
                allotted=format_baht(whole.allotted),
                round=code,
                used=format_baht(whole.committed + whole.disbursed),
                reserved=format_baht(whole.allotted - room - whole.committed - whole.disbursed),
                amount=format_baht(amount),
                room=format_baht(room),
            ),
            code="over_allotment",
        )


def settle(connection: Connection, office: str, code: str) -> None:
    """Add the postings that bring a round's accounts in line with its applications."""
    _Book(connection, office, code).reserve(balance(connection, code, office).allotted)


@dataclass(frozen=True, slots=True)
class _Book:
    """The ledger of one office in one round, open for postings."""

    connection: Connection
    office: str
    round: str

    def reserve(self, allotted: int) -> None:
        """Reserve in the order of arrival while there is room; who does not fit keeps the place.

        Nobody overtakes: those behind one who waits wait too.
        """
        wanted = self._wanted(allotted)
        held = _of_loans(self.connection, self.office, self.round)

        def more(loan: str) -> int:
            return sum(wanted.get(loan, {}).values()) - sum(held.get(loan, {}).values())

        # what goes back comes first: no account is below nothing between two postings
        for loan in sorted({*held, *wanted}, key=lambda loan: (more(loan), loan)):
            self._move(loan, held.get(loan, {}), wanted.get(loan, {}))

    def post(self, source: str, target: str, amount: int, *, loan: str = "") -> None:
        """Move money; a negative amount goes the other way."""
        if amount < 0:
            source, target, amount = target, source, -amount
        if amount == 0:
            return
        last = self.connection.scalar(
            select(func.max(_postings.c.no)).where(_postings.c.office == self.office)
        )
        row = {
            "office": self.office,
            "no": (last or 0) + 1,
            "round": self.round,
            "loan": loan,
            "source": source,
            "target": target,
            "amount": amount,
            "at": tables.now(),
        }
        self.connection.execute(insert(_postings), [row])

    def _wanted(self, allotted: int) -> dict[str, dict[str, int]]:
        rows = self.connection.execute(
            select(_loans)
            .where(_loans.c.office == self.office, _loans.c.round == self.round)
            .order_by(_loans.c.place, _loans.c.loan)
        ).all()
        spent = {
            row.loan: {row.stage: row.approved}
            for row in rows
            if row.stage in (COMMITTED, DISBURSED)
        }
        room = allotted - sum(sum(each.values()) for each in spent.values())
        waiting = [row for row in rows if row.stage == RESERVED]
        sums = itertools.accumulate(row.amount for row in waiting)
        fits = zip(waiting, sums, strict=True)
        return spent | {row.loan: {RESERVED: row.amount} for row, total in fits if total <= room}

    def _move(self, loan: str, held: Mapping[str, int], wanted: Mapping[str, int]) -> None:
        more = {name: wanted.get(name, 0) - held.get(name, 0) for name in (*held, *wanted)}
        takes = {name: change for name, change in more.items() if change > 0}
        for source in (name for name, change in more.items() if change < 0):
            gives = -more[source]
            for target, missing in takes.items():
                moved = min(gives, missing)
                self.post(source, target, moved, loan=loan)
                takes[target] -= moved
                gives -= moved
            self.post(source, ALLOTTED, gives, loan=loan)
        for target, missing in takes.items():
            self.post(ALLOTTED, target, missing, loan=loan)


def _open(connection: Connection, code: str) -> None:
    """Give a shipped round its published frame when it is first used."""
    if code in rounds(connection):
        return
    shipped = next((each for each in programme.rounds() if each.code == code), None)
    if shipped is None:
        raise UserError(
            _("The centre has not announced round {round}.").format(round=code), code="no_round"
        )
    appropriate(connection, code, shipped.national_frame)


def _pot(connection: Connection, code: str) -> int:
    return _accounts(connection, code, None)[0].get(POT, 0)


def _accounts(connection: Connection, code: str, office: str | None) -> tuple[dict[str, int], int]:
    """Return the balance of each account, and what went back to the allotment."""
    where = [_postings.c.round == code]
    if office is not None:
        where.append(_postings.c.office == office)
    source, target = _postings.c.source, _postings.c.target
    found = connection.execute(
        select(source, target, func.sum(_postings.c.amount)).where(*where).group_by(source, target)
    )
    accounts: dict[str, int] = {}
    returned = 0
    for taken, given, amount in found:
        accounts[taken] = accounts.get(taken, 0) - int(amount)
        accounts[given] = accounts.get(given, 0) + int(amount)
        if taken in (COMMITTED, DISBURSED) and given == ALLOTTED:
            returned += int(amount)
    return accounts, returned


def _of_loans(connection: Connection, office: str, code: str) -> dict[str, dict[str, int]]:
    """Return what each loan holds: {loan: {account: amount}}."""
    found = connection.execute(
        select(_postings).where(
            _postings.c.office == office, _postings.c.round == code, _postings.c.loan != ""
        )
    )
    held: dict[str, dict[str, int]] = {}
    for row in found:
        accounts = held.setdefault(row.loan, {})
        for name, amount in ((row.source, -row.amount), (row.target, row.amount)):
            if name != ALLOTTED:
                accounts[name] = accounts.get(name, 0) + amount
    return {loan: {n: a for n, a in accounts.items() if a} for loan, accounts in held.items()}


def totals(connection: Connection) -> Iterable[tuple[str, Balance]]:
    """Return every round with its national balance."""
    return [(code, balance(connection, code)) for code in rounds(connection)]
