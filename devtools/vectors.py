"""Make tests/vectors/bundles: good and bad bundles, their keys, and what readers must say of them.

Run by hand when the format gains something: `.venv/bin/python -m devtools.vectors FOLDER`. age
draws a key for every file, so the bytes differ each time while content_id and digests do not; the
committed files stay as they are, and new ones are added beside them.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.core.line import Data, Line
from app.sync import keys, sshsig, trust
from app.sync.bundle import DELTA, FULL, Facts, Sealed, seal
from app.sync.envelope import short_code
from app.sync.file_name import ENDING
from app.sync.keys import SigningKey
from app.sync.receipt import Acknowledged, BundleOutcome, Centre, Outcome, Receipt, write_receipt
from devtools import pen as pens
from devtools.pen import OFFICE, SEALED_AT, uuid

FOREIGN = "43"
MARK = "TEST-KEY-NEVER-TRUST"
SAMPLE = "ข้อมูลตัวอย่าง"
CENTRE_SECRET, OFFICE_SECRET, STRANGER_SECRET = (
    bytes([201]) * 20,
    bytes([202]) * 20,
    bytes([203]) * 20,
)
CENTRE_IDENTITY, OFFICE_IDENTITY, STRANGER_IDENTITY = (
    keys.office_identity(secret) for secret in (CENTRE_SECRET, OFFICE_SECRET, STRANGER_SECRET)
)
CENTRE = Centre("c0" * 16, "c1" * 16, SigningKey(bytes([240]) * 32))
TO_CENTRE = tuple(map(keys.recipient_of, (CENTRE_IDENTITY, OFFICE_IDENTITY)))
SCHEMAS = {"group": 1, "lantern": 1, "membership": 1, "person": 1}


class Pen(pens.Pen):
    """A desk of the vectors."""

    def facts(self, after: int = 0, through: int | None = None, **changes: Any) -> Facts:
        """Give the facts of its bundle with the schemas that it knows."""
        return super().facts(after, through, **{"schemas": SCHEMAS} | changes)

    def without_body(self, place: int) -> None:
        """Withhold or erase the content of a line: its header, digest and rev stay."""
        self.lines[place] = Line(self.lines[place].header, None)


def rows(*desks: Pen) -> list[tuple[str, bytes]]:
    """Give the lines of some desks as seal() takes them."""
    return pens.rows(line for desk in desks for line in desk.lines)


def person(number: int, name: str, **more: Any) -> Data:
    """Invent a person; the id number begins with 9, which nobody's does."""
    return {"id_kind": "none", "first_th": name, "last_th": SAMPLE, "nationality": "ไทย"} | more


def office_lines(pen: Pen) -> Pen:
    """Write a group, two people, a membership, and a correction of one of them."""
    where = {"house_no": "99", "moo": "4", "subdistrict": "420101"}
    group = {
        "name": "กลุ่มตัวอย่าง",
        "occupation_type": "food",
        "status": "registered",
        "address": where,
    }
    pen.write("group", 1, group)
    leader = pen.write("person", 2, person(1, "ทดสอบ", phone="0900000000", income=1_250_050))
    pen.write("person", 3, person(2, "ตัวอย่าง", sex="female", birth_date="1990-03"))
    member = {"role": "leader", "joined_on": "2020"}
    pen.write("membership", 4, member | {"group": uuid(1), "person": uuid(2)})
    assert leader.body
    pen.write("person", 2, leader.body.data | {"first_th": "ทดสอบแก้ไข"}, (leader,))
    return pen


def good(folder: Path) -> dict[str, Path]:
    """Seal the good bundles; give them by name."""
    made = {
        "delta": seal_of(folder, office_lines(Pen(1))),
        "attachment": _with_attachment(folder),
        "full": _full(folder),
        "withheld": _withheld(folder),
        "erased": _erased(folder),
        "unknown-field": _unknown_field(folder),
        "unknown-type": _unknown_type(folder),
        "forked-1": _forked(folder, "หนึ่ง", 1),
        "forked-2": _forked(folder, "สอง", 2),
        "two-heads": _two_heads(folder),
        "receipt": _receipt(folder),
    }
    return _renamed(folder, made)


def _renamed(folder: Path, made: Mapping[str, Sealed]) -> dict[str, Path]:
    """Give each file the name of what it shows; a reader goes by the envelope's, not the file's."""
    return {name: each.path.replace(folder / f"{name}{ENDING}") for name, each in made.items()}


def seal_of(folder: Path, pen: Pen, *others: Pen, **options: Any) -> Sealed:
    """Seal the lines of a pen as a delta, or with those of others as a full bundle."""
    kind = FULL if others else DELTA
    runs = tuple(sorted((each.run() for each in (pen, *others)), key=lambda run: run.replica))
    return seal(
        folder,
        pen.facts(kind=kind, runs=runs),
        rows(pen, *others),
        signing_key=pen.key,
        recipients=TO_CENTRE,
        **options,
    )


def _with_attachment(folder: Path) -> Sealed:
    scan = b"\x89PNG\r\n\x1a\n" + f"not a picture, only a test: {SAMPLE}".encode()
    return seal_of(folder, office_lines(Pen(2)), files=[("png", scan)])


def _full(folder: Path) -> Sealed:
    """Seal the lines of two desks of the office, one of which undoes a creation."""
    first, second = office_lines(Pen(3)), Pen(4)
    wrong = second.write("person", 20, person(3, "สร้างผิด"))
    second.write("person", 20, {}, (wrong,), op="del")
    second.write("person", 21, person(4, "เครื่องที่สอง"))
    return seal_of(folder, first, second)


def _withheld(folder: Path) -> Sealed:
    pen = office_lines(Pen(5))
    pen.without_body(2)
    return seal_of(folder, pen)


def _erased(folder: Path) -> Sealed:
    """Seal a record that the centre erased: no line of it has a body."""
    pen, centre = Pen(6), Pen(0xC0)
    born = pen.write("person", 30, person(5, "ถูกลบ"))
    last = pen.write("person", 30, person(5, "ถูกลบแล้ว"), (born,))
    pen.write("person", 31, person(6, "ยังอยู่"))
    centre.write("person", 30, {}, (last,), op="erase", by="centre")
    pen.without_body(0)
    pen.without_body(1)
    centre.without_body(0)
    return seal_of(folder, pen, centre)


def _unknown_field(folder: Path) -> Sealed:
    pen = Pen(7)
    pen.write("person", 40, person(7, "รุ่นใหม่", shoe_size=42, skills=[{"of": "ทอผ้า", "years": 3}]))
    return seal_of(folder, pen)


def _unknown_type(folder: Path) -> Sealed:
    pen = Pen(8)
    pen.write("lantern", 50, {"name": "โคมไฟ", "note": SAMPLE})
    pen.write("person", 51, person(8, "มีชนิดใหม่"))
    return seal_of(folder, pen)


def _forked(folder: Path, name: str, number: int) -> Sealed:
    """Seal one of two bundles of a desk and its clone: the same place, another line."""
    pen = Pen(9)
    born = pen.write("person", 60, person(9, "ก่อนโคลน"))
    pen.write("person", 60, person(9, f"หลังโคลน {name}"), (born,))
    return seal(
        folder, pen.facts(number=number), rows(pen), signing_key=pen.key, recipients=TO_CENTRE
    )


def _two_heads(folder: Path) -> Sealed:
    """Seal records that two desks changed at once: other fields, one field, and one gone."""
    first, second = Pen(10), Pen(11)
    apart, same, gone = (
        first.write("person", id_, person(id_, name, phone="0900000000"))
        for id_, name in ((70, "ต่างช่อง"), (71, "ช่องเดียวกัน"), (72, "ลบกับแก้"))
    )
    for line, by_first, by_second in (
        (apart, {"phone": "0911111111"}, {"note": "โทรหลังเที่ยง"}),
        (same, {"phone": "0911111111"}, {"phone": "0922222222"}),
    ):
        assert line.body
        first.write("person", int(line.header.id[-12:], 16), line.body.data | by_first, (line,))
        second.write("person", int(line.header.id[-12:], 16), line.body.data | by_second, (line,))
    assert gone.body
    first.write("person", 72, {}, (gone,), op="del")
    second.write("person", 72, gone.body.data | {"note": "ยังใช้อยู่"}, (gone,))
    return seal_of(folder, first, second)


def _receipt(folder: Path) -> Sealed:
    """Seal the centre's answer about the forked desk, with both of its lines."""
    branches = []
    for name in ("หนึ่ง", "สอง"):
        pen = Pen(9)
        born = pen.write("person", 60, person(9, "ก่อนโคลน"))
        pen.write("person", 60, person(9, f"หลังโคลน {name}"), (born,))
        branches.append(pen)
    branches[1].lines = branches[1].lines[1:]
    head = branches[0].lines[-1].header
    code = short_code(head.replica)
    receipt = Receipt(
        office=OFFICE,
        number=1,
        at=SEALED_AT,
        bundles=(BundleOutcome("0" * 64, f"OTG-42-{code}-000002-D", Outcome.FORK),),
        acknowledged=(Acknowledged(head.replica, head.epoch, 2, head.rev),),
        desk_keys=(keys.EnrolledKey(Pen(9).key.public, OFFICE),),
        statements=(_statement(),),
        tables={},
    )
    lines, recipients = rows(*branches), TO_CENTRE[1:]
    return write_receipt(
        folder, receipt, lines, centre=CENTRE, recipients=recipients, schemas=SCHEMAS
    )


def _statement() -> str:
    return trust.state(
        None,
        signer=CENTRE.signing_key,
        public=CENTRE.signing_key.public,
        recipients=TO_CENTRE[:1],
        escrow=(),
    )


SIGNERS = {f"office-{OFFICE}": range(1, 12), f"office-{FOREIGN}": (12,)}
REVOKED = 13


def write_keys(folder: Path) -> None:
    """Write every key that opens, checks or signs the vectors; all are marked as test keys."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, identity in (("centre", CENTRE_IDENTITY), (f"office-{OFFICE}", OFFICE_IDENTITY)):
        text = f"# {MARK}\n# public key: {keys.recipient_of(identity)}\n{identity}\n"
        (folder / f"{name}.agekey").write_text(text, "ascii")
    rows = [_signer("centre", CENTRE.signing_key)]
    rows += [_signer(name, Pen(n).key) for name, pens in SIGNERS.items() for n in pens]
    rows += [_signer(f"office-{OFFICE}", Pen(REVOKED).key)]
    (folder / "allowed_signers").write_text("\n".join([f"# {MARK}", *rows, ""]), "ascii")
    revoked = sshsig.public_line(Pen(REVOKED).key.public, MARK)
    (folder / "revoked_keys").write_text(revoked + "\n", "ascii")
    trust.write_trust(folder / "trust.txt", [_statement()])
    for pen in [*(Pen(n) for n in (*range(1, 12), REVOKED)), Pen(12, FOREIGN)]:
        recipient = TO_CENTRE[1]
        asked = trust.KeyRequest(pen.office, pen.replica, pen.key.public, recipient, SEALED_AT)
        trust.write_request(folder, asked, pen.key)


def _signer(principal: str, key: SigningKey) -> str:
    return f'{principal} namespaces="{sshsig.BUNDLE}" {sshsig.public_line(key.public, MARK)}'


def main(target: str) -> int:
    """Make all vectors and expected.json in a new folder; give the exit code."""
    from devtools import vectors_bad, vectors_expected, vectors_notes

    folder = Path(target)
    for name in ("good", "bad"):
        (folder / name).mkdir(parents=True)
    write_keys(folder / "keys")
    good(folder / "good")
    vectors_bad.bad(folder / "bad")
    vectors_notes.notes(folder / "notes")
    vectors_expected.write(folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
