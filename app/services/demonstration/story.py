"""The whole job, told once: four offices, one centre, a lost PC that comes back."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app.services import central, exchange
from app.services.central import Centre
from app.services.demonstration import office as work_of
from app.services.demonstration import province
from app.services.demonstration.clearing import empty
from app.services.demonstration.office import Work
from app.services.demonstration.people import SampleOffice, sample_offices
from app.services.office import desk as desks
from app.services.office.desk import Desk
from app.services.printing import printing, prints
from app.services.records import records
from app.services.records.verify import verify
from app.services.safekeeping import rebuilding
from app.sync.file_name import ENDING, sealed_in

PASSWORD = "ตัวอย่าง-2568"  # noqa: S105 (of invented data)


@dataclass(slots=True)
class Account:
    """What happened, each figure read back from the store, the centre or the PDF."""

    folder: Path
    user: str = ""
    password: str = PASSWORD
    rows: list[tuple[str, str]] = field(default_factory=list)

    def add(self, what: str, found: object) -> None:
        """Add a line to the account."""
        self.rows.append((what, str(found)))


def tell(folder: Path, show: Callable[[Desk], None] = lambda _desk: None) -> Account:
    """Make the demonstration in `folder`, which is emptied first; return its account.

    `show` is given the first office's desk, still open, when its files have come back. Raises
    UserError as `empty` does.
    """
    empty(folder)
    for name in ("keys", "input", "paper", "outbox", "receipts", "offices"):
        (folder / name).mkdir()
    (folder / "keys" / "password.txt").write_text(PASSWORD + "\n", encoding="utf-8")
    account = Account(folder)
    centre = central.open_centre(f"sqlite:///{folder / 'centre.db'}", folder / "keys")
    first, *others = sample_offices()
    account.user = first.user
    opened: dict[str, Desk] = {}
    try:
        with ThreadPoolExecutor(2) as beside:  # each password takes its second of a processor
            places = [folder / "office", *(folder / "offices" / each.code for each in others)]
            made = beside.map(_make, places, (first, *others))
            central.initialise(centre)
            opened[first.code], recovery = next(made)
            work = _first_office(folder, first, opened[first.code], centre, account)
            for office in others:
                opened[office.code], _own = next(made)
                _other_office(folder, office, opened[office.code], centre)
            _centre_takes(folder, centre, account)
            _receipts_come_back(folder, opened, centre, account)
            sealed = central.export_office(centre, first.code, folder / "receipts")
            rebuilt = beside.submit(_rebuild, folder / "rebuilt", sealed.path, recovery, first)
            show(opened[first.code])
            opened["rebuilt"] = rebuilt.result()
        _compare(folder, opened[first.code], opened["rebuilt"], work, account)
    finally:
        for desk in opened.values():
            desk.close()
        centre.close()
    (folder / "keys" / "recovery.txt").write_text(recovery + "\n", encoding="ascii")
    _write_readme(folder, first)
    return account


@dataclass(frozen=True, slots=True)
class Size:
    """Which province is invented: its office, how many people, the seed, the last day."""

    office: str
    people: int
    seed: int
    until: date


def tell_of_province(folder: Path, size: Size) -> Account:
    """Make one desk with a whole invented province in `folder`, which is emptied first.

    Raises Invalid as desk.create and province.fill do, UserError as `empty`.
    """
    empty(folder)
    (folder / "keys").mkdir()
    (folder / "keys" / "password.txt").write_text(PASSWORD + "\n", encoding="utf-8")
    account = Account(folder, user=sample_offices()[0].user)
    begun = time.monotonic()
    desk, recovery = desks.create(
        folder / "office", office=size.office, user=account.user, password=PASSWORD
    )
    try:
        made = province.fill(desk, size.people, seed=size.seed, until=size.until)
    finally:
        desk.close()
    (folder / "keys" / "recovery.txt").write_text(recovery + "\n", encoding="ascii")
    account.add("สำนักงาน", desks.office_name(size.office))
    for type_, count in sorted(made.counts.items(), key=lambda each: -each[1]):
        account.add(records.label(type_), f"{count:,}")
    account.add("บรรทัดในสมุดบันทึก", f"{made.lines:,}")
    account.add("ใช้เวลา", f"{time.monotonic() - begun:.1f} วินาที")
    return account


def _first_office(
    folder: Path, office: SampleOffice, desk: Desk, centre: Centre, account: Account
) -> Work:
    work = Work(group=work_of.enter_group(desk, office))
    sheet = folder / "input" / "รายชื่อสมาชิก-ย่านซื่อ.xlsx"
    work_of.write_member_sheet(office, sheet)
    work_of.import_members(desk, sheet, work.group, work)
    work_of.register(desk, work.group)
    work_of.enter_loans(desk, office, work)
    work_of.print_papers(desk, work, folder / "paper")
    _introduce(desk, centre, folder)
    exchange.export(desk.store, folder / "outbox")
    account.add("สำนักงาน", desks.office_name(office.code))
    account.add("กลุ่มในฐานข้อมูล", work_of.count(desk, "group"))
    account.add("สมาชิกในฐานข้อมูล", work_of.count(desk, "membership"))
    account.add("นำเข้าจากตาราง", _counts(work.imported))
    account.add("แถวที่ไม่รับ", " / ".join(work.refused_rows))
    account.add("แฟ้มเงินกู้", work_of.count(desk, "loan_file"))
    account.add("คำขอที่ถูกปฏิเสธ", work.refusal)
    for name, path in work.papers.items():
        account.add(f"พิมพ์ {name}", f"{printing.pages(path.read_bytes())} หน้า")
    return work


def _other_office(folder: Path, office: SampleOffice, desk: Desk, centre: Centre) -> None:
    group = work_of.enter_group(desk, office)
    work_of.enter_members(desk, office, group)
    work_of.register(desk, group)
    _introduce(desk, centre, folder)
    exchange.export(desk.store, folder / "outbox")


def _centre_takes(folder: Path, centre: Centre, account: Account) -> None:
    files = sealed_in(folder / "outbox")
    taken = [central.ingest(centre, path) for path in files]
    again = [central.ingest(centre, path) for path in files]
    found = central.status(centre)
    account.add("ส่วนกลางรับชุดข้อมูล", f"{sum(each.status == 'accepted' for each in taken)} ชุด")
    account.add("ส่งซ้ำ ส่วนกลางตอบ", ", ".join(sorted({each.status for each in again})))
    account.add("ส่วนกลางมี", f"{found.offices} สำนักงาน {found.lines} บรรทัด")
    account.add("ลายนิ้วมือสถานะ", found.state_digest[:16])


def _receipts_come_back(
    folder: Path, opened: dict[str, Desk], centre: Centre, account: Account
) -> None:
    for sealed in central.write_receipts(centre, folder / "receipts"):
        desk = opened[sealed.envelope.office]
        exchange.apply_receipt(desk.store, sealed.path)
        states = [sent.state for sent in exchange.sent(desk.store)]
        account.add(f"ใบตอบรับ {desk.office}", ", ".join(states))


def _rebuild(folder: Path, bundle: Path, recovery: str, office: SampleOffice) -> Desk:
    return rebuilding.rebuild(
        folder, bundle, recovery=recovery, user=office.user, password=PASSWORD
    )


def _compare(folder: Path, old: Desk, new: Desk, work: Work, account: Account) -> None:
    """Print the same form from the old PC and the rebuilt one."""
    work_of.mark_as_sample(new)
    verdict = verify(new.store)
    account.add("กู้เครื่องที่เสีย", f"{verdict.lines} บรรทัด ตรวจแล้ว {verdict.ok}")
    path = folder / "paper" / "คำขอกู้-กลุ่ม-เครื่องที่กู้คืน.pdf"
    prints.save(new.store, [printing.draw(new.store, "loan_application", work.loans[0])], path)
    before, after = (
        work_of.gathered(each, "loan_application", work.loans[0]) for each in (old, new)
    )
    account.add("แบบที่พิมพ์จากเครื่องที่กู้คืน", "ตรงกัน" if before == after else "ไม่ตรงกัน")


def _make(place: Path, office: SampleOffice) -> tuple[Desk, str]:
    desk, recovery = desks.create(
        place,
        office=office.code,
        user=office.user,
        password=PASSWORD,
        full_name=office.full_name,
    )
    work_of.mark_as_sample(desk)
    return desk, recovery


def _introduce(desk: Desk, centre: Centre, folder: Path) -> None:
    request = exchange.request_key(desk.store, folder / "keys")
    _fingerprint, answer = central.enrol(centre, request, folder / "keys")
    exchange.apply_trust(desk.store, answer)


def _counts(counts: dict[str, int]) -> str:
    words = {
        "new": "ใหม่",
        "same": "เหมือนเดิม",
        "changed": "เปลี่ยน",
        "warned": "มีคำเตือน",
        "refused": "ไม่รับ",
    }
    return " ".join(f"{words[name]} {count}" for name, count in counts.items())


def _write_readme(folder: Path, office: SampleOffice) -> None:
    name = next((folder / "outbox").glob(f"OTG-{office.code}-*{ENDING}")).stem
    text = _README.format(name=name, user=office.user, code=office.code)
    (folder / "README.txt").write_text(text, "utf-8")


_README = """\
ข้อมูลตัวอย่าง ทุกบุคคลสมมติขึ้น / Sample data: every person is invented.

Open the window on it:            python3 dev.py run --data build/demo/office
  user {user}, password in keys/password.txt

Open the bundle with stock tools (in this folder):
  unzip outbox/{name}.otg -d opened
  ssh-keygen -Y verify -f keys/allowed_signers -I office-{code} -n otg-bundle-1 \\
      -s opened/envelope.json.sig < opened/envelope.json
  age -d -i keys/centre.agekey -o opened/payload.zip opened/payload.zip.age
  unzip opened/payload.zip -d opened
  cd opened/{name} && sha256sum -c manifest-sha256.txt && bagit.py --validate .
"""
