"""The errors that end in a sentence for the clerk; anything else is a fault of our own."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one field.

    `field` is the field's name, or "" for the record as a whole. `source` names the law or form
    behind a rule; a problem without a source that comes from a rule is only a warning. `question`
    asks for a number where a reason is not what is wanted; the answer is given by `code` as a
    reason is. `person` is the id of the person it names, who can be opened instead.
    """

    field: str
    message: str
    code: str = ""
    source: str = ""
    warning: bool = False
    question: str = ""
    person: str = ""


class UserError(Exception):
    """What happened and what to do, in one sentence the clerk reads.

    `code` is a short stable name for machines ("disk_full", "wrong_password").
    """

    def __init__(self, sentence: str, *, code: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


class Invalid(UserError):
    """An entry cannot be taken; nothing was stored.

    Made from one sentence (a parser's reason) or from the problems of a whole record.
    """

    def __init__(self, problems: str | Iterable[Problem], *, code: str = "") -> None:
        if isinstance(problems, str):
            problems = [Problem("", problems, code=code)]
        self.problems = tuple(problems)
        super().__init__(
            " · ".join(problem.message for problem in self.problems),
            code=code or (self.problems[0].code if self.problems else ""),
        )


class Changed(UserError):
    """Someone saved this record first: load theirs, or keep mine."""


class TooNew(UserError):
    """The file was made by a newer program than this one."""


class Cancelled(Exception):
    """The clerk stopped the job; the data is as before."""
