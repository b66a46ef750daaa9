"""The table of all commands, as plain data: nothing of theirs is read before one is named.

The parser, the help and the tests are made from it. Names, JSON keys and exit codes are a contract.
"""

from collections.abc import Sequence
from typing import NamedTuple

from app.core.errors import UserError
from app.core.i18n import N_, _


class Command(NamedTuple):
    """A command: its words, what it does in one line, the module of `app.cli`, and an example."""

    name: str
    line: str
    module: str
    example: str


GROUPS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        N_("Records of this desk"),
        (
            Command("init", N_("make the desk of an office"), "desk", "--office 15 --user กานดา"),
            Command("find", N_("find records by words"), "desk", "สมชาย"),
            Command("show", N_("show one record"), "desk", "person ID"),
            Command(
                "import",
                N_("take in a spreadsheet, or try what it would do"),
                "desk",
                "รายชื่อ.xlsx --as people --dry-run",
            ),
            Command("undo", N_("undo an entry or an import as a whole"), "desk", "ID"),
            Command("verify", N_("check every line, signature and scan"), "desk", ""),
        ),
    ),
    (
        N_("Paper and figures"),
        (
            Command("forms", N_("list the printed forms"), "catalogue", ""),
            Command("print", N_("print a form into a PDF"), "paper", "P10 sample --out P10.pdf"),
            Command("prints", N_("list the papers of a record"), "paper", "ID"),
            Command("print-copy", N_("give a kept paper once more"), "paper", "12 --out copy.pdf"),
            Command("verify-paper", N_("check the QR code of a paper"), "paper", "OTG1.ABC"),
            Command(
                "report",
                N_("gather a report of figures"),
                "report",
                "R1 --quarter 2/2568 --out R1.xlsx",
            ),
        ),
    ),
    (
        N_("To and from the central office"),
        (
            Command(
                "key request", N_("write the request for this desk's key"), "exchange", "--out usb"
            ),
            Command(
                "trust", N_("take in the centre's answer to it"), "exchange", "OTG-15-trust.txt"
            ),
            Command("export", N_("seal what is new for the centre"), "exchange", "--out usb"),
            Command("receipt", N_("take in a receipt of the centre"), "exchange", "OTG-15-R.otg"),
            Command(
                "import-bundle", N_("take in a file of the other desk"), "exchange", "OTG-15.otg"
            ),
            Command(
                "join-parts",
                N_("make one file of the parts that came by mail"),
                "exchange",
                "mail --out usb",
            ),
        ),
    ),
    (
        N_("Safe-keeping"),
        (
            Command("backup", N_("make a backup and read it back"), "safekeeping", "--out usb"),
            Command("restore", N_("put a backup in the place of the desk"), "safekeeping", "A.bak"),
            Command(
                "rebuild",
                N_("make the desk anew from the centre's file"),
                "safekeeping",
                "OTG-15.otg --recovery-file sheet.txt",
            ),
            Command(
                "join",
                N_("make a second desk of this office"),
                "safekeeping",
                "OTG-15.otg --recovery-file sheet.txt",
            ),
            Command("begin-anew", N_("go on without what is missing"), "safekeeping", ""),
        ),
    ),
    (
        N_("The central office"),
        (
            Command("central init", N_("make a central office"), "centre", "--db A.db"),
            Command(
                "central enrol",
                N_("enrol the key of a desk"),
                "centre",
                "OTG-15-key-request.txt --db A.db",
            ),
            Command(
                "central ingest",
                N_("take in files, or what comes into a folder"),
                "centre",
                "--inbox in --receipts out --db A.db",
            ),
            Command("central status", N_("count what the centre has"), "centre", "--db A.db"),
            Command(
                "central receipts",
                N_("write the receipt of every office"),
                "centre",
                "--out usb --db A.db",
            ),
            Command(
                "central export",
                N_("seal all that an office has, to rebuild its desk"),
                "centre",
                "--office 15 --out usb --db A.db",
            ),
            Command(
                "central rebuild",
                N_("read every kept file into a new centre"),
                "centre",
                "--from A.db --db B.db",
            ),
            Command(
                "central duplicates",
                N_("list people whom two offices have"),
                "centre",
                "--db A.db",
            ),
        ),
    ),
    (
        N_("Decisions of the central office"),
        (
            Command(
                "central round",
                N_("announce a round of the fund"),
                "centre",
                "round.json --db A.db",
            ),
            Command(
                "central table",
                N_("give the offices a new code table"),
                "centre",
                "rounds rounds.json --db A.db",
            ),
            Command(
                "central allot",
                N_("allot an office a sum of a round"),
                "centre",
                "--office 15 --round 2569-1 --amount 500000 --db A.db",
            ),
            Command(
                "central decide",
                N_("decide on a loan"),
                "centre",
                "--office 15 --file ID --outcome approved --amount 50000 --decided-on 1/12/2568 "
                "--db A.db",
            ),
            Command(
                "central transfer",
                N_("move a group to another office"),
                "centre",
                "--group ID --from 15 --to 42 --on 1/12/2568 --letter 12/2568 --db A.db",
            ),
            Command(
                "central erase",
                N_("erase a record by decision, for good"),
                "centre",
                "--office 15 --type person --id ID --reason PDPA --decided-by DPO --db A.db",
            ),
        ),
    ),
    (
        N_("Keys of the central office"),
        (
            Command("central keys", N_("list the keys that are known"), "centre", "--db A.db"),
            Command(
                "central revoke",
                N_("withdraw the key of a desk"),
                "centre",
                "--office 15 --key-id KEY --reason lost --db A.db",
            ),
            Command(
                "central release",
                N_("let in a file that waits for a person"),
                "centre",
                "OTG-15.otg --reason checked --db A.db",
            ),
            Command("central roll", N_("give the centre new keys"), "centre", "--db A.db"),
        ),
    ),
    (
        N_("Trying the program"),
        (
            Command("demo", N_("make an example office and its centre"), "trial", "--out demo"),
            Command("selftest", N_("prove that this build is whole"), "trial", ""),
        ),
    ),
)

COMMANDS = {each.name: each for _group, commands in GROUPS for each in commands}
HELP, VERSION = "help", "version"


def family(word: str) -> list[Command]:
    """List the commands of two words that begin with this one."""
    return [each for name, each in COMMANDS.items() if name.startswith(f"{word} ")]


def called(words: Sequence[str]) -> Command:
    """Return the command of one or two words. Raises UserError with the nearest names."""
    name = " ".join(words)
    if name in COMMANDS:
        return COMMANDS[name]
    kin = family(words[0]) if words else []
    if kin and len(words) == 1:
        names = ", ".join(each.name.split()[1] for each in kin)
        sentence = _("A word is missing after {word}. There are: {names}.")
        raise UserError(sentence.format(word=name, names=names), code="no_command")
    among = [each.name for each in kin] or [*COMMANDS, HELP, VERSION]
    raise UserError(_unknown(name, nearest(name, among)), code="no_command")


def nearest(name: str, among: Sequence[str]) -> list[str]:
    """Return up to three names that look like this one, the nearest first."""
    from difflib import get_close_matches  # read only where something was mistyped

    begun = [each for each in among if len(name) > 1 and each.startswith(name)]
    return list(dict.fromkeys([*begun, *get_close_matches(name, among, cutoff=0.5)]))[:3]


def _unknown(name: str, near: Sequence[str]) -> str:
    if not near:
        return _("There is no command {name}. List them all with help.").format(name=name)
    sentence = _("There is no command {name}. Did you mean {names}? List them all with help.")
    return sentence.format(name=name, names=_(" or ").join(near))
