"""A whole name in one cell, taken apart into title, name, middle name and family name."""

import re

from app.core import thai
from app.services.people.titles import TITLES, WRITTEN_OUT


def split(text: str) -> dict[str, str]:
    """Take a name apart; the keys are title_th, first_th, middle_th and last_th where found.

    "ณ" begins or joins a family name ("ณ อยุธยา", "เทพหัสดิน ณ อยุธยา"); of three words the one
    between is a middle name, which the caller should have looked at.
    """
    title, rest = split_title(text)
    names = rest.split()
    parts = {"title_th": title, "first_th": names[0] if names else ""}
    if "ณ" in names[1:]:
        joint = names.index("ณ")
        family = max(1, joint - 1) if joint > 1 else joint
        parts["middle_th"] = " ".join(names[1:family])
        parts["last_th"] = " ".join(names[family:])
    elif len(names) > 1:
        parts["middle_th"] = " ".join(names[1:-1])
        parts["last_th"] = names[-1]
    return {name: part for name, part in parts.items() if part}


def split_title(text: str) -> tuple[str, str]:
    """Return (title, name) of a name with its title in front; ("", name) if it has none.

    น.ส., ด.ช. and ด.ญ. are written out; a name that merely begins with the letters of a title
    (นายิกา) keeps them.
    """
    text = thai.normalise(text)
    found = _RANK.match(text)
    title = found[0] if found else next(filter(text.startswith, _TITLES), "")
    rest = text[len(title) :]
    if not title or _CUT_IN_TWO.match(rest):
        return "", text
    return WRITTEN_OUT.get(title.strip(), title.strip()), rest.strip()


_TITLES = sorted((*TITLES, *WRITTEN_OUT), key=len, reverse=True)
# จ.ส.อ., ร.ต.ท.หญิง, ว่าที่ ร.ต., ม.ร.ว., น.ส.
_RANK = re.compile(r"(?:ว่าที่ ?)?(?:[ก-ฮ]{1,2}\. ?){2,4}(?:หญิง)?")
_CUT_IN_TWO = re.compile("[ะ-ฺๅ-๎]")
