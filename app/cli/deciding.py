"""Commands by which the centre decides: rounds, allotments, loans, transfers, erasures."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from app.cli import paths
from app.cli.output import Output
from app.cli.parser import Add, Parser
from app.core import fields, schema
from app.core.errors import UserError
from app.core.fields import Field, Kind
from app.core.i18n import N_, _
from app.core.thai import format_baht
from app.models.records.base import entities, fields_of
from app.services import central

Open = Callable[[Namespace], central.Centre]


def add_commands(add: Add, open_centre: Open) -> None:
    """Declare the commands with `add`; `open_centre` opens the centre that the options name."""
    add("round", partial(_round, open_centre)).add_argument(
        "file", type=paths.to_read, help=N_("the round as JSON")
    )
    table = add("table", partial(_table, open_centre))
    table.add_argument("name", metavar=N_("NAME"), help=N_("name of the code table"))
    table.add_argument("file", type=paths.to_read, help=N_("the table as JSON"))
    allot = add("allot", partial(_allot, open_centre))
    _add(allot, "office", "round", "amount", required=True)
    decide = add("decide", partial(_decide, open_centre))
    _add(decide, "office", "file", "outcome", "decided-on", required=True)
    _add(decide, "amount", "meeting", "contract-by", "reason", required=False)
    _add(
        add("transfer", partial(_transfer, open_centre)),
        *("group", "from", "to", "on", "letter"),
        required=True,
    )
    _add(
        add("erase", partial(_erase, open_centre)),
        *("office", "type", "id", "reason", "decided-by"),
        required=True,
    )


# What follows each option, and what it is; dates and money are typed as in the window.
_OPTIONS = {
    "office": (N_("CODE"), N_("office, as 15")),
    "round": (N_("CODE"), N_("round of the fund, as 2569-1")),
    "amount": (N_("BAHT"), N_("sum in baht")),
    "file": ("ID", N_("the loan file's number")),
    "outcome": (N_("OUTCOME"), N_("what was decided, as approved")),
    "decided-on": (N_("DAY"), N_("day of the decision")),
    "meeting": (N_("NAME"), N_("meeting that decided")),
    "contract-by": (N_("DAY"), N_("last day for the contract")),
    "reason": (N_("REASON"), N_("why")),
    "group": ("ID", N_("the group's number")),
    "from": (N_("CODE"), N_("office that gives it away")),
    "to": (N_("CODE"), N_("office that takes it over")),
    "on": (N_("DAY"), N_("day on which it moves")),
    "letter": (N_("NO."), N_("number of the letter")),
    "type": (N_("TYPE"), N_("type of record, as person")),
    "id": ("ID", N_("the record's number")),
    "decided-by": (N_("NAME"), N_("who decided on it")),
}


def _add(parser: Parser, *names: str, required: bool) -> None:
    for name in names:
        value, help_ = _OPTIONS[name]
        parser.add_argument(f"--{name}", required=required, metavar=value, help=help_)


def _round(open_centre: Open, options: Namespace, output: Output) -> None:
    """Announce a round from a JSON file; its keys are the fields, money in baht, dates ISO."""
    told = central.announce_round(open_centre(options), _draft("fund_round", _read(options.file)))
    output.say(
        _("The round goes to {count} offices with their next receipt.").format(
            count=sum(told.values())
        ),
        offices=told,
    )


def _table(open_centre: Open, options: Namespace, output: Output) -> None:
    """Put in a code table from a JSON file; it goes out with every receipt from now on."""
    new = central.put_table(open_centre(options), options.name, _read(options.file))
    output.say(
        _("Table {name} goes to every office with its next receipt.").format(name=options.name),
        name=options.name,
        new=new,
    )


def _allot(open_centre: Open, options: Namespace, output: Output) -> None:
    draft = _draft("allotment", {"amount": options.amount})
    done = central.allot(open_centre(options), options.office, options.round, draft["amount"])
    output.say(
        _("Office {office} has {allotted} baht of round {round}; {left} are left.").format(
            office=options.office,
            allotted=format_baht(done.balance.allotted),
            round=options.round,
            left=format_baht(done.balance.left),
        ),
        **_facts(done),
    )


def _decide(open_centre: Open, options: Namespace, output: Output) -> None:
    names = ("outcome", "amount", "decided_on", "meeting", "contract_by", "reason")
    draft = _draft("loan_decision", {name: getattr(options, name) for name in names})
    done = central.decide(open_centre(options), options.office, options.file, draft)
    output.say(
        _("The decision on {file} goes out with the next receipt; {left} baht are left.").format(
            file=options.file, left=format_baht(done.balance.left)
        ),
        **_facts(done),
    )


def _transfer(open_centre: Open, options: Namespace, output: Output) -> None:
    """Tell two offices that a group moves from one to the other; dates as in decide."""
    given = vars(options)
    draft = _draft("transfer", {"moved_on": options.on})
    done = central.transfer(
        open_centre(options),
        options.group,
        giver=given["from"],
        taker=options.to,
        on=draft["moved_on"],
        letter_no=options.letter,
    )
    output.say(
        _("The transfer goes to the offices {giver} and {taker} with their next receipts.").format(
            giver=given["from"], taker=options.to
        ),
        new=done.new,
        **done.data,
    )


def _erase(open_centre: Open, options: Namespace, output: Output) -> None:
    done = central.erase(
        open_centre(options),
        options.office,
        options.type,
        options.id,
        reason=options.reason,
        decided_by=options.decided_by,
    )
    output.say(
        _("Erased. Delete all other copies of these files by hand: {files}").format(
            files=", ".join(done.bundles) or "-"
        ),
        **asdict(done),
    )


def _facts(done: central.Decided) -> dict[str, Any]:
    return {"type": done.type, "id": done.id, "new": done.new, **asdict(done.balance)}


def _read(path: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = schema.read_file(path, _OBJECT, most=_MOST_BYTES, fractions=True)
    except (OSError, schema.Unfit) as error:
        raise UserError(
            _("{file} is not a JSON file that can be read.").format(file=path.name),
            code="not_json",
        ) from error
    return found


# What the object holds is asked by the service that takes it.
_MOST_BYTES = 10_000_000
_OBJECT = schema.record({}, others=True)


def _draft(type_: str, typed: dict[str, Any]) -> dict[str, Any]:
    """Read what was typed as the fields say; money is typed in baht, as everywhere."""
    known = {each.name: each for each in fields_of(entities()[type_])}
    return {name: _value(known.get(name), value) for name, value in typed.items()}


def _value(described: Field | None, value: Any) -> Any:
    is_typed = isinstance(value, str) or (described and described.kind is Kind.BAHT)
    if described is None or value is None or not is_typed:
        return value
    return fields.parse(described, str(value), on=fields.today())
