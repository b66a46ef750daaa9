"""Commands of figures: a report on paper, in a spreadsheet, or as data."""

from argparse import Namespace

from app.cli import paths
from app.cli.columns import aligned
from app.cli.output import Output, sign_in
from app.cli.parser import Add
from app.cli.values import day
from app.core import period
from app.core.fields import today
from app.core.i18n import N_, _
from app.core.period import Period
from app.services import reporting
from app.services.figures import Scope
from app.services.records import diary
from app.sync import durable


def add_commands(add: Add) -> None:
    """Declare the command of this module with its arguments."""
    one = add("report", _report)
    names = ", ".join(f"{each.name} ({each.number})" for each in reporting.reports())
    one.add_argument("name", metavar=N_("REPORT"), help=names)
    time = one.add_mutually_exclusive_group()
    for option, help_ in (
        ("quarter", N_("quarter of the fiscal year, as 2/2568")),
        ("month", N_("month, as 3/2568")),
        ("year", N_("fiscal year, as 2568; this one if nothing is said")),
    ):
        time.add_argument(f"--{option}", default="", metavar=N_("PERIOD"), help=help_)
    one.add_argument("--district", default="", metavar=N_("CODE"), help=N_("four digits, as 1501"))
    one.add_argument("--as-of", type=day, help=N_("day of the figures"))
    one.add_argument(
        "--out", type=paths.to_write, help=N_("file whose name ends in .pdf, .xlsx or .csv")
    )


def _report(options: Namespace, output: Output) -> None:
    of_time = _period(options)
    as_of = options.as_of or min(of_time.last, today())
    desk = sign_in(options)
    try:
        scope = Scope(of_time, options.district, as_of)
        gathered = reporting.gather(desk.store, options.name, scope)
        if options.out is None:
            output.row(_written(gathered), reporting.as_data(gathered))
        elif options.out.suffix.lower() == ".pdf":
            durable.write(options.out, [reporting.draw(desk.store, gathered)])
        else:
            reporting.write(gathered, options.out)
        if options.out is not None:
            said = f"{gathered.name} {options.out.name}"
            diary.note_now(desk.store, diary.EXPORT, said)
    finally:
        desk.close()
    if options.out is not None:
        said = _("{title}, {period}: {file}")
        words = said.format(title=gathered.title, period=of_time.text, file=options.out)
        output.say(words, report=gathered.name, period=of_time.text, file=str(options.out))


def _period(options: Namespace) -> Period:
    if options.quarter:
        return period.parse_quarter(options.quarter)
    if options.month:
        return period.parse_month(options.month)
    if options.year:
        return period.parse_year(options.year)
    return period.of_day(today())


def _written(gathered: reporting.Report) -> str:
    """Write a report for the eye: title and period, then the tables in columns."""
    lines = [gathered.title, f"{gathered.scope.period.text}  {gathered.area}"]
    for key, headings, rows in reporting.texts(gathered):
        lines += ["", key, *aligned([headings, *rows])]
    return "\n".join(lines)
