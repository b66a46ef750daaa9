"""What left an office in its bundles."""

from pathlib import Path

from app.core.line import Line
from app.models.office.store import setting
from app.services.exchange.introduction import signing_key
from app.services.office.desk import Desk
from app.services.records import records
from app.sync.bundle import open_bundle
from app.sync.keys import EnrolledKey


def disability(desk: Desk, who: str) -> str:
    draft = {"person": who, "kinds": [{"kind": "seeing"}]}
    reasons = {"no_consent": "จากใบสมัครฝึก รอคำตอบ"}
    return records.save(desk.store, "disability", draft, reasons=reasons).id


def sent_lines(desk: Desk, path: Path) -> list[Line]:
    with desk.store.read() as connection:
        key, identity = signing_key(connection), setting(connection, "age_identity")
    trusted = {key.key_id: EnrolledKey(key.public, desk.office)}
    with open_bundle(path, trusted=trusted, identities=[identity]) as opened:
        return [entry.line for entry in opened.lines() if entry.line]


def bodies(desk: Desk, path: Path) -> list[bool]:
    """Tell of each disability line in a bundle whether its content went along."""
    found = [each for each in sent_lines(desk, path) if each.header.type == "disability"]
    return [each.body is not None for each in sorted(found, key=lambda each: each.header.seq)]
