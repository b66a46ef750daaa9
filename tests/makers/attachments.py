"""Scanned papers and the loan files that they belong to."""

from pathlib import Path

from app.models.office.store import setting
from app.services.exchange.introduction import signing_key
from app.services.office.desk import Desk
from app.services.records import records
from app.services.records.record_view import View
from app.sync.bundle import open_bundle
from app.sync.keys import EnrolledKey
from tests.makers.office import borrowing_group, loan

JPEG = b"\xff\xd8\xff\xe0" + b"a picture " * 500


PDF = b"%PDF-1.7 " + b"a letter " * 500


def scan(folder: Path, content: bytes = JPEG, name: str = "บัตร.jpg") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def a_document(desk: Desk, *names: str, file_id: str = "") -> str:
    reasons = {"purpose_sum": "รอเอกสาร", "capital": "รอเอกสาร"}
    file_id = (
        file_id
        or records.save(
            desk.store, "loan_file", loan(borrowing_group(desk, first=11)), reasons=reasons
        ).id
    )
    draft = {
        "loan_file": file_id,
        "kind": "id_card",
        "status": "complete",
        "attachments": [{"file": name, "title": "ข้อมูลตัวอย่าง"} for name in names],
    }
    return records.save(desk.store, "document", draft).id


def loan_of(desk: Desk) -> str:
    with desk.store.read() as connection:
        return View(connection, desk.office).where("loan_file")[0][0]


def sealed_files(path: Path, desk: Desk) -> set[str]:
    """Open a bundle with the office's own identity and list the scans in it."""
    with desk.store.read() as connection:
        key, identity = signing_key(connection), setting(connection, "age_identity")
    trusted = {key.key_id: EnrolledKey(key.public, desk.office)}
    with open_bundle(path, trusted=trusted, identities=[identity]) as opened:
        return {name for name, _content in opened.files()}
