"""Commands that try the program: the demonstration, and the self-test of an installed build."""

import importlib
import pkgutil
import secrets
import tempfile
from argparse import Namespace
from functools import partial
from pathlib import Path

from app.cli import console, paths
from app.cli.output import Output
from app.cli.parser import Add
from app.cli.values import day, whole_number
from app.core.fields import today
from app.core.i18n import N_, _
from app.services.demonstration import Size
from app.services.office.desk import Desk

_DEMO = Path("build/demo")


def add_commands(add: Add) -> None:
    """Declare the commands of this module with their arguments."""
    demo = add("demo", _demo)
    demo.add_argument(
        "--out", type=paths.folder_to_write, default=_DEMO, help=N_("where it is made; build/demo")
    )
    demo.add_argument(
        "--people", type=whole_number, default=0, help=N_("a whole province of so many instead")
    )
    demo.add_argument(
        "--seed", type=whole_number, default=1, help=N_("another number makes other people")
    )
    demo.add_argument(
        "--province", default="15", metavar=N_("CODE"), help=N_("code of its employment office")
    )
    demo.add_argument("--until", type=day, help=N_("its last day"))
    add("selftest", _selftest)


def _demo(options: Namespace, output: Output) -> None:
    from app.services import demonstration

    if options.out == _DEMO:
        _DEMO.parent.mkdir(exist_ok=True)
    if options.people:
        account = demonstration.tell_of_province(
            options.out,
            Size(options.province, options.people, options.seed, options.until or today()),
        )
    else:
        shots = options.out / "shots"
        account = demonstration.tell(options.out, partial(_take_pictures, shots))
        account.add("ภาพหน้าจอใน shots/", f"{len(list(shots.glob('*.png')))} ภาพ")
    output.rows(((what, found), {"what": what, "found": found}) for what, found in account.rows)
    if not output.as_json:
        console.write(
            _(
                "\nOpen the window on it: python3 dev.py run --data {folder}  (user {user}, "
                "password in {keys})"
            ).format(
                folder=options.out / "office",
                user=account.user,
                keys=options.out / "keys" / "password.txt",
            )
        )


def _take_pictures(folder: Path, opened: Desk) -> None:
    """Draw the main pages; the window needs no screen for it."""
    from app.ui.shell import shots  # the only other way to Qt: the demonstration shows the window

    shots.take_main(opened, folder)


def _selftest(_options: Namespace, output: Output) -> None:
    """Prove that this build is whole: every module, a form, a bundle, the window."""
    for what, words, run in (
        ("modules", _("every module imports"), _import_everything),
        ("form", _("a form prints"), _print_a_form),
        ("bundle", _("a bundle is sealed and read"), _send_a_bundle),
        ("window", _("the window opens"), _open_the_window),
    ):
        run()
        output.say(words, passed=what)


def _import_everything() -> None:
    import app

    for module in pkgutil.walk_packages(app.__path__, "app."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def _print_a_form() -> None:
    from app.services.printing import printing

    for form in printing.forms():
        if not printing.pages(printing.sample(form.name)):
            raise AssertionError(form.name)


def _send_a_bundle() -> None:
    from app.services import central, exchange
    from app.services.office import desk

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        centre = central.open_centre(f"sqlite:///{folder / 'centre.db'}", folder / "keys")
        central.initialise(centre)
        made, _recovery = desk.create(
            folder / "desk", office="15", user="selftest", password=secrets.token_hex(8)
        )
        try:
            request = exchange.request_key(made.store, folder)
            exchange.apply_trust(made.store, central.enrol(centre, request, folder)[1])
            taken = central.ingest(centre, exchange.export(made.store, folder).path)
        finally:
            made.close()
            centre.close()
    if taken.status != "accepted":
        raise AssertionError(taken)


def _open_the_window() -> None:
    from app.ui.shell import start

    start.try_offscreen()
