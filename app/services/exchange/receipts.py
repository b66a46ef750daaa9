"""Taking the centre's receipts: what it has, what it returned, and the other desk's versions.

What receipts say only adds up, so applying one twice, or an older one after a newer, changes
nothing more.
"""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from app.core.errors import Problem
from app.core.i18n import _
from app.core.line import Line
from app.models.exchange import outbox, receipts
from app.models.office.store import Store, origin, set_setting, setting
from app.models.records import journal
from app.models.records.lines import last_seq, rev_at, revs_here
from app.services.exchange import erased_records, left_out_lines
from app.services.exchange.introduction import keep_desk_keys, keep_statements, now, trusted_centre
from app.services.exchange.newer_keys import asking_for_statements, follow_beside
from app.services.exchange.sending import RECEIVED, RETURNED, SEALED
from app.services.office import attachments
from app.services.records import projection
from app.services.records import returned_lines as came_back
from app.sync import bundle
from app.sync.bundle import Bundle, Entry, Refused
from app.sync.receipt import Outcome, Receipt, Remark, read_receipt


def apply_receipt(store: Store, path: Path) -> Receipt:
    """Take a receipt of the centre; applying it twice or out of order changes nothing more.

    The centre's statements may lie beside it as NAME-trust.txt: a desk that missed a new key of
    the centre needs them. Raises UserError "no_trust", and Refused for a file that is no receipt
    ("not_a_receipt"), that the centre did not sign ("unknown_key"), that is for another office
    ("not_for_us"), or that says the centre has of this computer what was never made here
    ("not_made_here"): a copy of the database is at work.
    """
    _refuse_what_is_no_receipt(path)
    with store.read() as connection:
        known = follow_beside(trusted_centre(connection), path).keys
        identity, office = setting(connection, "age_identity"), origin(connection).office
    trusted = {key.key_id: key for key in known}
    with (
        asking_for_statements(path),
        bundle.open_bundle(path, trusted=trusted, identities=[identity]) as opened,
    ):
        receipt = read_receipt(opened)
        if receipt.office != office:
            raise Refused(_("The receipt is for another office."), code="not_for_us")
        entries = list(opened.lines())
        store.write(lambda connection: _take(connection, store, opened, receipt, entries))
    erased_records.finish(store)
    return receipt


def _refuse_what_is_no_receipt(path: Path) -> None:
    """Say it before a key is looked for: a desk's own key would look like a forger's."""
    if bundle.inspect(path).kind != bundle.RECEIPT:
        raise Refused(_("This file is not a receipt of the centre."), code="not_a_receipt")


def returned(store: Store) -> list[Remark]:
    """List the lines that the centre did not take, with the reason, as its last receipt says."""
    with store.read() as connection:
        last = setting(connection, "receipt", {"rejected": []})
    return [Remark(**remark) for remark in last["rejected"]]


def code_table(store: Store, name: str) -> dict[str, Any] | None:
    """Return a code table as the centre last sent it, None where it sent none."""
    with store.read() as connection:
        found: dict[str, Any] | None = setting(connection, "code_tables", {}).get(name)
    return found


def lost(store: Store) -> int:
    """Count the lines of this desk's former epochs that the centre has and this desk has not.

    A restored desk lacks what was entered after its backup; the centre's full file brings back
    what it had received.
    """
    with store.read() as connection:
        own = origin(connection)
        return sum(
            max(0, through - last_seq(connection, replica, epoch))
            for chain, through in setting(connection, "acknowledged", {}).items()
            for replica, _slash, epoch in [chain.partition("/")]
            if replica == own.replica
        )


def _sound(
    connection: Connection, opened: Bundle, entries: list[Entry]
) -> tuple[list[Line], list[tuple[Entry, Problem]]]:
    """Part the lines that are taken from those that no row can hold or that the centre never wrote.

    The others of an act are taken: the centre has the whole of it. Raises Refused for a line that
    cannot be read at all.
    """
    taken: list[Line] = []
    left: list[tuple[Entry, Problem]] = []
    for entry in entries:
        if entry.line is None:
            raise Refused(
                _("The receipt holds a line that cannot be read. Ask for it again."),
                code="receipt_form",
            ) from entry.problem
        why = left_out_lines.refusal(entry, opened)
        if why is None:
            taken.append(entry.line)
        else:
            left.append((entry, why))
    return taken, left_out_lines.not_here(connection, left)


def _take(
    connection: Connection,
    store: Store,
    opened: Bundle,
    receipt: Receipt,
    entries: list[Entry],
) -> None:
    lines, left = _sound(connection, opened, entries)
    _refuse_what_was_not_made_here(connection, receipt, lines)
    attachments.take_all(connection, store, opened.files())
    acknowledged = dict(setting(connection, "acknowledged", {}))
    for found in receipt.acknowledged:
        chain = f"{found.replica}/{found.epoch}"
        acknowledged[chain] = max(acknowledged.get(chain, 0), found.through)
    set_setting(connection, "acknowledged", acknowledged)
    keep_statements(connection, receipt.statements)
    centre = opened.envelope.replica  # whose own chain is always whole
    _note_partial_chains(connection, [each for each in lines if each.header.replica != centre])
    left_out_lines.note(connection, opened, left)
    scans = erased_records.scans_of(connection, erased_records.erased_by(lines))
    new = set(journal.append(connection, lines))
    fresh = [line for line in lines if line.header.rev in new]
    projection.rebuild(connection, sorted({(each.header.type, each.header.id) for each in fresh}))
    if erased := erased_records.erased_by(fresh):
        erased_records.follow(connection, erased, scans)
    _keep(connection, receipt)
    if receipt.number >= setting(connection, "receipt", {"number": 0})["number"]:
        _follow(connection, receipt)


def _note_partial_chains(connection: Connection, lines: list[Line]) -> None:
    """Note up to where a chain was whole before some later lines of it arrived: verify asks."""
    partial = dict(setting(connection, "partial_chains", {}))
    for replica, epoch in {(line.header.replica, line.header.epoch) for line in lines}:
        partial.setdefault(f"{replica}/{epoch}", last_seq(connection, replica, epoch))
    set_setting(connection, "partial_chains", partial)


def _follow(connection: Connection, receipt: Receipt) -> None:
    """Note what became of each bundle; the last receipt repeats all that those before it said."""
    for found in receipt.bundles:
        state = RETURNED if found.outcome in (Outcome.FORK, Outcome.REJECTED) else RECEIVED
        connection.execute(
            outbox.update().where(outbox.c.content_id == found.content_id).values(state=state)
        )
    last = {
        "number": receipt.number,
        "at": receipt.at,
        "rejected": [asdict(remark) for remark in receipt.rejected],
        "flagged": [asdict(remark) for remark in receipt.flagged],
    }
    came_back.keep(connection, last)
    set_setting(connection, "code_tables", _newest(connection, receipt.tables))
    _note_whether_a_full_file_arrived(connection)
    keep_desk_keys(connection, receipt.desk_keys)


def _newest(connection: Connection, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Keep of each code table the highest version that was ever sent."""
    kept: dict[str, Any] = setting(connection, "code_tables", {})
    return kept | {
        name: table
        for name, table in sent.items()
        if isinstance(table, dict)
        and type(table.get("version")) is int
        and table["version"] >= kept.get(name, table)["version"]
    }


def _note_whether_a_full_file_arrived(connection: Connection) -> None:
    """Stop sending everything once the centre has had a full file of this epoch."""
    arrived = connection.scalar(
        select(func.count())
        .select_from(outbox)
        .where(
            outbox.c.kind == bundle.FULL,
            outbox.c.epoch == origin(connection).epoch,
            outbox.c.state != SEALED,
        )
    )
    if arrived:
        set_setting(connection, "full_due", None)


def _keep(connection: Connection, receipt: Receipt) -> None:
    """Keep the receipt for the outbox: each bundle names the first that spoke of it."""
    row = {
        "number": receipt.number,
        "at": receipt.at,
        "applied_at": now(),
        "counts": {
            "rejected": len(receipt.rejected),
            "flagged": len(receipt.flagged),
            "disputed": len(receipt.disputed),
        },
    }
    connection.execute(upsert(receipts).on_conflict_do_nothing(), [row])
    not_yet = or_(outbox.c.receipt_no.is_(None), outbox.c.receipt_no > receipt.number)
    for found in receipt.bundles:
        connection.execute(
            outbox.update()
            .where(outbox.c.content_id == found.content_id, not_yet)
            .values(receipt_no=receipt.number, receipt_at=receipt.at)
        )


def _refuse_what_was_not_made_here(
    connection: Connection, receipt: Receipt, lines: list[Line]
) -> None:
    """Ring the alarm: another copy of this database writes under this desk's name.

    Or an older state of it was put back by hand. A line of this desk's own chain that is not here
    would break the chain, so nothing of the receipt is taken.
    """
    own = origin(connection)
    chain = (own.replica, own.epoch)
    last = last_seq(connection, *chain)
    strange = any(
        found.through > last
        or (found.head and rev_at(connection, *chain, found.through) != found.head)
        for found in receipt.acknowledged
        if (found.replica, found.epoch) == chain
    )
    of_chain = {
        line.header.rev for line in lines if (line.header.replica, line.header.epoch) == chain
    }
    if strange or of_chain - revs_here(connection, of_chain):
        raise Refused(
            _(
                "The centre has entries of this computer that were not made here: a copy of its "
                "database is in use, or an old one was put back. Stop entering and call the "
                "centre; this computer must be rebuilt from the centre's file."
            ),
            code="not_made_here",
        )
