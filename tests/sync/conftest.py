import hashlib
import io
import zipfile
import zlib
from dataclasses import replace

import pyrage
import pytest

from app.sync import keys
from app.sync.bundle import Refused, open_bundle, seal
from app.sync.outer_zip import frame
from devtools.pen import Pen, rows

TYPES = ("group", "membership", "person")


class Desk(Pen):
    """A desk that seals what it writes, for its own office alone."""

    def __post_init__(self):
        super().__post_init__()
        self.epoch = f"{self.number + 16:02x}" * 16
        self.identity = keys.office_identity(bytes([self.number + 100]) * 20)
        self.recipient = keys.recipient_of(self.identity)

    @property
    def enrolled(self):
        return {self.key.key_id: keys.EnrolledKey(self.key.public, self.office)}

    def people(self, count):
        for place in range(count):
            name = f"นางสาวตัวอย่าง ที่ {place}"
            self.write(TYPES[place % 3], place, {"name": name, "note": "ข้อมูลตัวอย่าง"})
        return self

    def facts(self, after=0, through=None, **changes):
        schemas = dict.fromkeys((*TYPES, "loan"), 1)
        return super().facts(after, through, **{"schemas": schemas} | changes)

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
