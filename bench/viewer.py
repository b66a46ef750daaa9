"""Open the vectors, hostile bags and a large one with the viewer in a real browser, and look.

Needs Debian's package chromium. Prints one row a case with its seconds; the screenshots lie in
build/shots/viewer-*.png. Exit code 1 when the page says anything else than expected, runs what a
file says, or reaches for a network.
"""

import base64
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import pyrage

from devtools import vectors
from devtools.vectors import Pen, office_lines
from devtools.vectors_bad import Forger

VIEWER = ROOT / "docs" / "viewer" / "viewer.html"
BUNDLES = ROOT / "tests" / "vectors" / "bundles"
SHOTS = ROOT / "build" / "shots"
HOSTILE = '<img src=x onerror="globalThis.hit=1"><script>globalThis.hit=1</script>\u202e'
STATE = """({status: document.getElementById('status').textContent,
 shown: !document.getElementById('found').hidden,
 bad: document.querySelectorAll('#checks li.bad').length,
 records: [...document.querySelectorAll('#records tbody tr')].length,
 heads: Object.fromEntries([...state.records].map(([k, r]) => [k, r.heads.map(l => l.rev).sort()])),
 facts: document.getElementById('facts').textContent,
 images: document.querySelectorAll('img, iframe, object, embed, link').length,
 hit: globalThis.hit || 0, masks: document.querySelectorAll('button.mask').length})"""


FONTS = """<?xml version="1.0"?><fontconfig><dir>/usr/share/fonts</dir><dir>{folder}</dir>
<cachedir prefix="xdg">fontconfig</cachedir></fontconfig>"""
UNFOLD = "document.querySelectorAll('#record details').forEach(d => { d.open = true })"
DONE = "/^(?!กำลัง)./.test(document.getElementById('status').textContent)"


class Browser:
    """A headless Chromium that is driven over a pipe: no port is opened."""

    def __init__(self, program: str, folder: Path) -> None:
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()
        command = f'exec "$0" "$@" 3<&{theirs_in} 4>&{theirs_out}'
        flags = ["--headless=new", "--no-sandbox", "--remote-debugging-pipe", "--disable-gpu"]
        flags += ["--no-first-run", "--disable-background-networking", f"--user-data-dir={folder}"]
        fonts = folder.with_name("fonts.conf")  # the page looks as on a computer with Thai fonts
        fonts.write_text(FONTS.format(folder=ROOT / "build" / "fonts"), "utf-8")
        self.process = subprocess.Popen(
            ["bash", "-c", command, program, *flags],
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
            pass_fds=(theirs_in, theirs_out),
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self.reader, self.writer = os.fdopen(ours_in, "rb"), os.fdopen(ours_out, "wb")
        self.number, self.session, self.rest = 0, None, b""
        self.events = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method, **parameters):
        """Send one command and wait for its answer."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.writer.write(json.dumps(message).encode() + b"\0")
        self.writer.flush()
        while True:
            answer = self._next()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(answer["error"])
                return answer["result"]
            self.events.append(answer)

    def _next(self):
        while b"\0" not in self.rest:
            chunk = self.reader.read1(1 << 16)
            if not chunk:
                raise RuntimeError("the browser ended")
            self.rest += chunk
        raw, _end, self.rest = self.rest.partition(b"\0")
        return json.loads(raw)

    def run(self, script):
        """Give what a script says."""
        options = {"returnByValue": True, "awaitPromise": True}
        answer = self.call("Runtime.evaluate", expression=script, **options)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def open(self, path, selector="#file"):
        """Load the viewer anew, give it a file or a folder, and wait until it has its say."""
        self.call("Page.navigate", url=VIEWER.as_uri())
        while not self.run("document.readyState === 'complete' && typeof attempt === 'function'"):
            time.sleep(0.02)
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(path)])
        while not self.run(DONE):
            time.sleep(0.02)
        return self.run(STATE)

    def shot(self, name, width=1280, height=1500):
        """Write a screenshot."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        data = self.call("Page.captureScreenshot", captureBeyondViewport=False)["data"]
        SHOTS.mkdir(parents=True, exist_ok=True)
        (SHOTS / f"viewer-{name}.png").write_bytes(base64.b64decode(data))

    def print(self, name):
        """Write the page as it prints."""
        data = self.call("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)["data"]
        (SHOTS / f"viewer-{name}.pdf").write_bytes(base64.b64decode(data))

    def close(self):
        """End the browser."""
        self.call("Browser.close")
        self.process.wait(timeout=20)


def payload_of(content: bytes) -> bytes:
    """Decrypt the payload of a sealed bundle, as an inspector does with age."""
    with zipfile.ZipFile(io.BytesIO(content)) as outer:
        sealed = outer.read("payload.zip.age")
    keys = [vectors.CENTRE_IDENTITY, vectors.OFFICE_IDENTITY]
    return pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(key) for key in keys])


def hostile(folder: Path) -> bytes:
    """Seal people, an id number and unknown fields whose names and values are markup."""
    pen = office_lines(Pen(1))
    person = vectors.person(1, HOSTILE, id_no="9101500000012", nickname=HOSTILE)
    pen.write("person", 90, person | {"<b onclick=x>": "y", "__proto__": {"x": 1}})
    pen.write("lantern", 91, {"name": HOSTILE, "constructor": "x"})
    return payload_of(vectors.seal_of(folder, pen).path.read_bytes())


def large(folder: Path, people: int) -> bytes:
    """Seal many people."""
    pen = Pen(1)
    for number in range(people):
        pen.write("person", number, vectors.person(number, f"ตัวอย่าง {number}"))
    return payload_of(vectors.seal_of(folder, pen).path.read_bytes())


def main() -> int:
    """Run every case; give the exit code."""
    program = shutil.which("chromium")
    if not program:
        print("Please install the package chromium, then try again.", file=sys.stderr)
        return 2
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        browser = Browser(program, folder / "profile")
        try:
            for case in (vectors_open, hostile_content, tampered, folders, no_network, many):
                begun = time.perf_counter()
                found = case(browser, folder)
                wrong += found
                seconds = time.perf_counter() - begun
                print(f"{case.__name__}: {'; '.join(found) or 'ok'} ({seconds:.1f} s)", flush=True)
        finally:
            browser.close()
    return 1 if wrong else 0


def vectors_open(browser, folder):
    """Every good vector opens with the heads and the content_id of expected.json."""
    expected, wrong = json.loads((BUNDLES / "expected.json").read_text("utf-8")), []
    for path in sorted((BUNDLES / "good").glob("*.otg")):
        target = folder / path.name
        target.write_bytes(payload_of(path.read_bytes()))
        said, wanted = browser.open(target), expected[f"good/{path.name}"]
        right = said["heads"] == wanted["heads"] and wanted["content_id"] in said["facts"]
        if not (right and said["shown"] and not said["bad"]):
            wrong.append(f"{path.stem}: {said['status']}")
        if path.stem in ("two-heads", "erased", "full", "receipt"):
            which = {"two-heads": "r.conflict", "erased": "r.erased"}.get(path.stem, "r.lines[1]")
            browser.run(f"open([...state.records.values()].find(r => {which}))")
            browser.run(UNFOLD)
            browser.shot(path.stem)
            browser.print(path.stem)
    return wrong


def hostile_content(browser, folder):
    """Markup from a file is text; an id number is masked until it is clicked."""
    path = folder / "hostile.zip"
    path.write_bytes(hostile(folder))
    said, wrong = browser.open(path), []
    browser.run("[...state.records.values()].forEach(open)")
    browser.run("open([...state.records.values()].find(r => r.id.endsWith('00005a')))")
    browser.run(UNFOLD)
    text = browser.run("document.getElementById('record').innerText")
    browser.shot("hostile")
    masked = "9101500000012" not in text and "012" in text
    browser.run("document.querySelector('#record button.mask').click()")
    clicked = "9101500000012" in browser.run("document.getElementById('record').innerText")
    after = browser.run(STATE)
    if said["bad"] or not said["shown"]:
        wrong.append(f"not opened: {said['status']}")
    if after["hit"] or after["images"]:
        wrong.append("what a file says was run")
    if "<img src=x" not in text or not masked or not clicked:
        wrong.append(f"not shown as text, or not masked: {masked} {clicked}")
    return wrong


def tampered(browser, folder):
    """A changed bag is named; what is no bag, or too much, is refused in words."""
    forger, wrong = Forger(folder), []
    entries = forger.listed({})
    person = "data/person.ndjson"
    changed = entries | {person: entries[person].replace("ทดสอบ".encode(), "แก้แล้ว".encode(), 1)}
    digest = hashlib.sha256(changed[person]).hexdigest().encode()
    old = hashlib.sha256(entries[person]).hexdigest().encode()
    relisted = changed | {
        "manifest-sha256.txt": changed["manifest-sha256.txt"].replace(old, digest)
    }
    huge = bytearray(forger.zip(entries.items()))
    at = huge.index(b"PK\1\2")
    huge[at + 24 : at + 28] = (0x7FFFFFFF).to_bytes(4, "little")
    cases = {
        "changed": (forger.zip(changed.items()), True),
        "relisted": (forger.zip(relisted.items()), True),
        "twice": (forger.zip([*entries.items(), (person, b"x")]), False),
        "huge": (bytes(huge), False),
        "cut": (forger.zip(entries.items())[:-40], False),
        "noise": (bytes(range(256)) * 9, False),
        "sealed": (forger.whole, False),
    }
    for name, (content, shown) in cases.items():
        path = folder / f"{name}.zip"
        path.write_bytes(content)
        said = browser.open(path)
        if said["shown"] != shown or (shown and not said["bad"]):
            wrong.append(f"{name}: {said['status']}")
        if name == "relisted":
            browser.shot("tampered", height=900)
    return wrong


def folders(browser, folder):
    """The unpacked folder says what its zip says."""
    with zipfile.ZipFile(folder / "full.zip") as archive:
        archive.extractall(folder / "unpacked")
    [inside] = (folder / "unpacked").iterdir()
    said = browser.open(inside, "#folder")
    return [] if said["shown"] and not said["bad"] else [said["status"]]


def no_network(browser, _folder):
    """The policy forbids the page every connection, and nothing but the page was asked for."""
    reached = browser.run("fetch('http://127.0.0.1:9/').then(() => 'reached', () => 'refused')")
    asked = [
        event["params"]["request"]["url"]
        for event in browser.events
        if event.get("method") == "Network.requestWillBeSent"
    ]
    others = {url for url in asked if url != VIEWER.as_uri() and not url.startswith("http://127")}
    blocked = any("Content Security Policy" in json.dumps(event) for event in browser.events)
    return [] if reached == "refused" and blocked and not others else [f"{reached} {others}"]


def many(browser, folder, people=20_000):
    """Many lines are checked and searched in seconds."""
    path = folder / "many.zip"
    path.write_bytes(large(folder, people))
    begun = time.perf_counter()
    said = browser.open(path)
    opened = time.perf_counter() - begun
    search = (
        "(() => { const from = performance.now(); const box = document.getElementById('search');"
        " box.value = 'ตัวอย่าง 19999'; box.dispatchEvent(new Event('input'));"
        " return performance.now() - from; })()"
    )
    milliseconds = browser.run(search)
    print(f"  {people:,} lines: opened in {opened:.1f} s, searched in {milliseconds:.0f} ms")
    found = browser.run(STATE)["records"]
    return [] if said["shown"] and not said["bad"] and found == 1 else [f"{said['status']} {found}"]


if __name__ == "__main__":
    raise SystemExit(main())
