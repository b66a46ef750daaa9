"""Money as the clerk types it, as a table shows it and as a contract spells it; inside, satang."""

import re

from app.core.errors import Invalid
from app.core.i18n import _
from app.core.thai.digits import to_arabic_digits

# the largest whole number that every JSON reader keeps exactly; journal lines refuse more
_MOST_SATANG = 2**53 - 1

_AMOUNT = re.compile(r"(?:฿ ?)?(?P<baht>[0-9][0-9,]*)(?:\.(?P<satang>[0-9]+))?(?: ?(?:บาท|฿)|\.-)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")


def parse_baht(text: str) -> int:
    """Read an amount of baht and return it in satang.

    Taken are Thai and Arabic digits, commas every three digits or none, up to two decimals, and
    ฿, "บาท" or ".-" around them. Raises Invalid with the codes "baht_negative", "baht_form",
    "baht_commas", "baht_decimals" or "baht_too_large".
    """
    typed = to_arabic_digits(text).strip()
    if typed.startswith(("-", "−", "–", "(")):
        raise Invalid(_("An amount can't be below zero."), code="baht_negative")
    found = _AMOUNT.fullmatch(typed)
    if found is None:
        raise Invalid(_("Type an amount in baht, for example 300,000.50"), code="baht_form")
    baht, satang = found["baht"], found["satang"] or ""
    if not _GROUPED.fullmatch(baht):
        raise Invalid(
            _("The commas are not in the right places: write 300,000 or 300000."),
            code="baht_commas",
        )
    if len(satang) > 2:
        raise Invalid(_("An amount has at most two decimals (satang)."), code="baht_decimals")
    digits = baht.replace(",", "") + satang.ljust(2, "0")
    # the length first: a very long number is slow to convert and Python refuses it in its own words
    if len(digits.lstrip("0")) > 16 or int(digits) > _MOST_SATANG:
        raise Invalid(_("The amount is too large to be an amount of baht."), code="baht_too_large")
    return int(digits)


def format_baht(satang: int) -> str:
    """Write satang as baht with commas and always two decimals: 30000000 is "300,000.00"."""
    baht, rest = divmod(abs(satang), 100)
    return f"{'-' if satang < 0 else ''}{baht:,}.{rest:02}"


def baht_text(satang: int) -> str:
    """Spell satang in Thai words as contracts do: 25000050 is "สองแสนห้าหมื่นบาทห้าสิบสตางค์"."""
    if satang < 0:
        return "ลบ" + baht_text(-satang)
    baht, rest = divmod(satang, 100)
    if not rest:
        return _in_words(baht) + "บาทถ้วน"
    words = _in_words(baht) + "บาท" if baht else ""
    return f"{words}{_in_words(rest)}สตางค์"


_DIGITS = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_PLACES = ("แสน", "หมื่น", "พัน", "ร้อย", "สิบ", "")


def _in_words(number: int) -> str:
    """Spell a whole number; "million" repeats, so 10**12 is หนึ่งล้านล้าน."""
    if number == 0:
        return "ศูนย์"
    millions, rest = divmod(number, 1_000_000)
    words = _in_words(millions) + "ล้าน" if millions else ""
    for digit, place in zip(f"{rest:06}", _PLACES, strict=True):
        words += _digit_word(int(digit), place, is_first=not words)
    return words


def _digit_word(digit: int, place: str, *, is_first: bool) -> str:
    if place == "สิบ" and digit in (1, 2):
        return ("", "สิบ", "ยี่สิบ")[digit]
    if place == "" and digit == 1 and not is_first:
        return "เอ็ด"
    return _DIGITS[digit] + place if digit else ""
