"""The commands as they are described, and a line of words that fits one."""

import re
from argparse import Action, ArgumentParser
from pathlib import Path

from app.cli import paths, values
from app.cli.commands import COMMANDS

FOLDERS = (paths.folder_to_write, paths.desk)


WRITTEN = (paths.to_write, paths.new_centre)


def is_needed(action: Action, parser: ArgumentParser, tried: Action) -> bool:
    for group in parser._mutually_exclusive_groups:
        if action in group._group_actions:
            first = group._group_actions[0]
            return group.required and action is first and tried not in group._group_actions
    return action.required or (not action.option_strings and action.nargs != "*")


def fitting(action: Action, folder: Path) -> str:
    if action.choices:
        return str(next(iter(action.choices)))
    if action.type in (paths.folder_there, *FOLDERS):
        return str(folder)
    if action.type in (values.whole_number, values.seconds):
        return "1"
    if action.type in WRITTEN:
        return str(folder / "new")
    return str(folder / "file.txt")


# Words that are the same in every language here.
NAMES = {"ID", "MB", "PDF", "JSON", "SHA-256", "tambon-desk"}


def english(said: str, *known: str) -> str:
    """Give what is left of the Latin letters of a sentence without the names that it quotes."""
    for each in sorted({*known, *COMMANDS, *NAMES}, key=len, reverse=True):
        said = said.replace(each, "")
    return " ".join(re.findall(r"[A-Za-z]{2,}", re.sub(r"--[a-z-]+", "", said)))
