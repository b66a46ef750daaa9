import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass, field, replace

import pyrage
import pytest

from app.core.line import Body, Header, Line
from app.sync import keys
from app.sync.bundle import DELTA, Facts, Refused, Run, open_bundle, seal
from app.sync.frame import frame

OFFICE = "42"
TYPES = ("group", "membership", "person")


@dataclass
class Desk:
    """A desk that writes lines and seals them; ids, salts and clock count up, nothing is random."""

    number: int = 1
    office: str = OFFICE
    key: keys.SigningKey = None
    lines: list = field(default_factory=list)

    def __post_init__(self):
        self.key = self.key or keys.SigningKey(bytes([self.number]) * 32)
        self.secret = bytes([self.number + 100]) * 20
        self.identity = keys.office_identity(self.secret)
        self.recipient = keys.recipient_of(self.identity)
        self.replica = f"{self.number:02x}" * 16
        self.epoch = f"{self.number + 16:02x}" * 16

    @property
    def enrolled(self):
        return {self.key.key_id: keys.EnrolledKey(self.key.public, self.office)}

    def write(self, type, id, data, parents=(), **changes):
        seq = len(self.lines) + 1
        salt = hashlib.sha256(f"{self.number} {seq}".encode()).hexdigest()[:32]
        body = Body(salt, data)
        header = Header(
            id=f"01900000-0000-7000-8000-{id:012x}",
            type=type,
            office=self.office,
            replica=self.replica,
            epoch=self.epoch,
            seq=seq,
            act=f"01900000-0000-7000-8000-{self.number:04x}{seq:08x}",
            op="put",
            parents=tuple(sorted(parent.header.rev for parent in parents)),
            prev=self.lines[-1].header.rev if self.lines else "",
            depth=1 + max((parent.header.depth for parent in parents), default=0),
            by="01",
            at="2025-10-01T02:03:04.567Z",
            v=1,
            digest=body.digest,
        )
        line = Line(replace(header, **changes), body)
        self.lines.append(line)
        return line

    def people(self, count):
        for place in range(count):
            name = f"นางสาวตัวอย่าง ที่ {place}"
            self.write(TYPES[place % 3], place, {"name": name, "note": "ข้อมูลตัวอย่าง"})
        return self

    def facts(self, after=0, kind=DELTA, number=1, **changes):
        before = self.lines[after - 1].header.rev if after else ""
        run = Run(
            self.replica,
            self.epoch,
            after + 1,
            len(self.lines),
            before,
            self.lines[-1].header.rev,
        )
        facts = Facts(
            office=self.office,
            replica=self.replica,
            epoch=self.epoch,
            kind=kind,
            seq_from=after + 1,
            seq_to=len(self.lines),
            number=number,
            created_at="2025-10-02T03:04:05Z",
            runs=(run,),
            schemas=dict.fromkeys((*TYPES, "loan"), 1),
        )
        return replace(facts, **changes)

    def rows(self, after=0):
        return rows(self.lines[after:])

    def seal(self, folder, after=0, recipients=(), **changes):
        options = {name: changes.pop(name) for name in ("files", "step") if name in changes}
        return seal(
            folder,
            self.facts(after, **changes),
            self.rows(after),
            signing_key=self.key,
            recipients=[self.recipient, *recipients],
            **options,
        )

    def open(self, path, **options):
        options = {"trusted": self.enrolled, "identities": [self.identity]} | options
        return open_bundle(path, **options)

    def refusal(self, path, **options):
        """Give the code with which a bundle is refused, "" when it is taken."""
        try:
            with self.open(path, **options) as opened:
                list(opened.lines())
                list(opened.files())
        except Refused as error:
            assert error.sentence
            return error.code
        return ""


def rows(lines):
    def place(line):
        return (line.header.type, line.header.replica, line.header.epoch, line.header.seq)

    return [(line.header.type, line.to_bytes()) for line in sorted(lines, key=place)]


@pytest.fixture
def desk():
    return Desk()


@pytest.fixture
def numbered_desk():
    """Give the maker of desks: the same number is the same desk."""
    return Desk


@pytest.fixture
def desks():
    return (Desk(number) for number in range(1, 10))


class Forger:
    """Whoever holds a desk's key and means harm: changes anything inside and signs it again."""

    def __init__(self, desk, folder):
        self.desk = desk
        self.path = folder / "forged.zip"
        self.sealed = desk.seal(folder)
        self.name = self.sealed.envelope.name

    def entries(self):
        """Give the entries of the bag by name, as they were sealed."""
        with zipfile.ZipFile(self.sealed.path) as outer:
            payload = outer.read("payload.zip.age")
        plain = pyrage.decrypt(payload, [pyrage.x25519.Identity.from_str(self.desk.identity)])
        with zipfile.ZipFile(io.BytesIO(plain)) as inner:
            return {name.split("/", 1)[1]: inner.read(name) for name in inner.namelist()}

    def listed(self, entries):
        """Write both manifests and the inner signature anew."""
        tags = {"bagit.txt", "bag-info.txt", "bundle.json", "manifest-sha256.txt"}
        data = [name for name in entries if name.startswith("data/")]
        entries |= {"manifest-sha256.txt": manifest(entries, data)}
        tag_manifest = manifest(entries, tags & set(entries))
        signature = self.desk.key.sign(tag_manifest)
        entries |= {"tagmanifest-sha256.txt": tag_manifest, "tagmanifest-sha256.txt.sig": signature}
        return entries

    def zip(self, entries, folder=None):
        """Zip entries, given as a dict or as pairs of a name or ZipInfo and content."""
        pairs = entries.items() if isinstance(entries, dict) else entries
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in pairs:
                is_info = isinstance(name, zipfile.ZipInfo)
                archive.writestr(name if is_info else f"{folder or self.name}/{name}", content)
        return stream.getvalue()

    def encrypt(self, plain):
        """Encrypt for the desk's office as a bundle is."""
        return pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(self.desk.recipient)])

    def seal(self, payload, **changes):
        """Put an encrypted payload under an envelope that is signed and says what is there."""
        changes = {
            "payload_sha256": hashlib.sha256(payload).hexdigest(),
            "payload_size": len(payload),
        } | changes
        return self.frame(replace(self.sealed.envelope, **changes).to_bytes(), payload)

    def frame(self, envelope, payload, signature=None):
        """Write the outer zip around any envelope and payload."""
        signature = signature or self.desk.key.sign(envelope)
        crc, size = zlib.crc32(payload), len(payload)
        self.path.write_bytes(
            b"".join(frame(b"readme", envelope, signature, [payload], crc=crc, size=size))
        )
        return self.path

    def entries_sealed(self, entries, **changes):
        """Seal entries with manifests, signatures and envelope that all agree with them."""
        entries = self.listed(dict(entries))
        content_id = hashlib.sha256(entries["tagmanifest-sha256.txt"]).hexdigest()
        return self.seal(self.encrypt(self.zip(entries)), content_id=content_id, **changes)


def manifest(entries, names):
    rows = (f"{hashlib.sha256(entries[name]).hexdigest()}  {name}\n" for name in sorted(names))
    return "".join(rows).encode()


@pytest.fixture
def forger(desk, tmp_path):
    return Forger(desk.people(10), tmp_path)
