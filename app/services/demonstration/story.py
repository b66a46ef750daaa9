"""The whole job, told once: four offices, one centre, a lost PC that comes back."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from app.services import bundles, central, printing, rebuilding
from app.services import desk as desks
from app.services.central import Centre
from app.services.demonstration import office as work_of
from app.services.demonstration.office import Work
from app.services.demonstration.people import SampleOffice, sample_offices
from app.services.desk import Desk
from app.services.verify import verify

PASSWORD = "ตัวอย่าง-2568"  # noqa: S105 (of invented data)


@dataclass(slots=True)
class Account:
    """What happened, each figure read back from the store, the centre or the PDF."""

    folder: Path
    user: str = ""
    rows: list[tuple[str, str]] = field(default_factory=list)

    def add(self, what: str, found: object) -> None:
        """Add a line to the account."""
        self.rows.append((what, str(found)))


def tell(folder: Path) -> Account:
    """Make the demonstration in `folder`, which is emptied first; give its account."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("keys", "input", "paper", "outbox", "receipts", "offices"):
        (folder / name).mkdir(parents=True)
    (folder / "keys" / "password.txt").write_text(PASSWORD + "\n", encoding="utf-8")
    account = Account(folder)
    centre = central.open_centre(f"sqlite:///{folder / 'centre.db'}", folder / "keys")
    central.initialise(centre)
    first, *others = sample_offices()
    account.user = first.user
    work, recovery = _first_office(folder, first, centre, account)
    for office in others:
        _other_office(folder, office, centre)
    _centre_takes(folder, centre, account)
    _receipts_come_back(folder, first, others, centre, account)
    _pc_is_lost(folder, first, centre, account, recovery=recovery, work=work)
    _write_readme(folder, first)
    return account


def _first_office(
    folder: Path, office: SampleOffice, centre: Centre, account: Account
) -> tuple[Work, str]:
    desk, recovery = _make(folder / "office", office)
    (folder / "keys" / "recovery.txt").write_text(recovery + "\n", encoding="ascii")
    try:
        work = Work(group=work_of.enter_group(desk, office))
        sheet = folder / "input" / "รายชื่อสมาชิก-ย่านซื่อ.xlsx"
        work_of.write_member_sheet(office, sheet)
        work_of.import_members(desk, sheet, work.group, work)
        work_of.enter_loans(desk, office, work)
        work_of.print_papers(desk, work, folder / "paper")
        _introduce(desk, centre, folder)
        bundles.export(desk.store, folder / "outbox")
        account.add("สำนักงาน", desks.office_name(office.code))
        account.add("กลุ่มในฐานข้อมูล", work_of.count(desk, "group"))
        account.add("สมาชิกในฐานข้อมูล", work_of.count(desk, "membership"))
        account.add("นำเข้าจากตาราง", _counts(work.imported))
        account.add("แถวที่ไม่รับ", " / ".join(work.refused_rows))
        account.add("แฟ้มเงินกู้", work_of.count(desk, "loan_file"))
        account.add("คำขอที่ถูกปฏิเสธ", work.refusal)
        for name, path in work.papers.items():
            account.add(f"พิมพ์ {name}", f"{printing.pages(path.read_bytes())} หน้า")
    finally:
        desk.close()
    return work, recovery


def _other_office(folder: Path, office: SampleOffice, centre: Centre) -> None:
    desk, _recovery = _make(folder / "offices" / office.code, office)
    try:
        group = work_of.enter_group(desk, office)
        work_of.enter_members(desk, office, group)
        _introduce(desk, centre, folder)
        bundles.export(desk.store, folder / "outbox")
    finally:
        desk.close()


def _centre_takes(folder: Path, centre: Centre, account: Account) -> None:
    taken = [central.ingest(centre, path) for path in sorted((folder / "outbox").glob("*.zip"))]
    again = [central.ingest(centre, path) for path in sorted((folder / "outbox").glob("*.zip"))]
    found = central.status(centre)
    account.add("ส่วนกลางรับชุดข้อมูล", f"{sum(t.status == 'accepted' for t in taken)} ชุด")
    account.add("ส่งซ้ำ ส่วนกลางตอบ", ", ".join(sorted({t.status for t in again})))
    account.add("ส่วนกลางมี", f"{found.offices} สำนักงาน {found.lines} บรรทัด")
    account.add("ลายนิ้วมือสถานะ", found.state_digest[:16])


def _receipts_come_back(
    folder: Path, first: SampleOffice, others: list[SampleOffice], centre: Centre, account: Account
) -> None:
    for sealed in central.write_receipts(centre, folder / "receipts"):
        code = sealed.envelope.office
        office = next(each for each in (first, *others) if each.code == code)
        place = folder / "office" if office is first else folder / "offices" / code
        desk = desks.open_desk(place, user=office.user, password=PASSWORD)
        try:
            bundles.apply_receipt(desk.store, sealed.path)
            states = [sent.state for sent in bundles.sent(desk.store)]
            account.add(f"ใบตอบรับ {code}", ", ".join(states))
        finally:
            desk.close()


def _pc_is_lost(
    folder: Path,
    office: SampleOffice,
    centre: Centre,
    account: Account,
    *,
    recovery: str,
    work: Work,
) -> None:
    sealed = central.export_office(centre, office.code, folder / "receipts")
    old = desks.open_desk(folder / "office", user=office.user, password=PASSWORD)
    new = rebuilding.rebuild(
        folder / "rebuilt",
        sealed.path,
        recovery=recovery,
        user=office.user,
        password=PASSWORD,
    )
    try:
        work_of.mark_as_sample(new)
        verdict = verify(new.store)
        account.add("กู้เครื่องที่เสีย", f"{verdict.lines} บรรทัด ตรวจแล้ว {verdict.ok}")
        done = printing.draw(new.store, "loan_application", work.loans[0])
        path = folder / "paper" / "คำขอกู้-กลุ่ม-เครื่องที่กู้คืน.pdf"
        path.write_bytes(done.pdf)
        same = [work_of.gathered(each, "loan_application", work.loans[0]) for each in (old, new)]
        account.add("แบบที่พิมพ์จากเครื่องที่กู้คืน", "ตรงกัน" if same[0] == same[1] else "ไม่ตรงกัน")
    finally:
        new.close()
        old.close()


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
    request = bundles.request_key(desk.store, folder / "keys")
    _fingerprint, answer = central.enrol(centre, request, folder / "keys")
    bundles.apply_trust(desk.store, answer)


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
    name = next((folder / "outbox").glob(f"OTG-{office.code}-*.zip")).stem
    (folder / "README.txt").write_text(_README.format(name=name, user=office.user), "utf-8")


_README = """\
ข้อมูลตัวอย่าง ทุกบุคคลสมมติขึ้น / Sample data: every person is invented.

Open the window on it:            python3 dev.py run --data build/demo/office
  user {user}, password in keys/password.txt

Open the bundle with stock tools (in this folder):
  unzip outbox/{name}.zip -d opened
  ssh-keygen -Y verify -f keys/allowed_signers -I otg -n otg-bundle-1 \\
      -s opened/envelope.json.sig < opened/envelope.json
  age -d -i keys/centre.agekey -o opened/payload.zip opened/payload.zip.age
  unzip opened/payload.zip -d opened
  cd opened/{name} && sha256sum -c manifest-sha256.txt && bagit.py --validate .
"""
