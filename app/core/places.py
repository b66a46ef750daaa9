"""Thailand's provinces, districts and subdistricts: find one, name one, write an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.core import thai

CREDIT = "GeoThai data (github.com/GeoThai/data), CC BY 4.0"
BANGKOK = "10"


@dataclass(frozen=True, slots=True)
class Place:
    """One subdistrict with what it lies in; the names are bare, `text` carries the labels.

    `code` is the six digits of the Department of Provincial Administration, whose first two are
    the province and first four the district; `postcodes` may be several, in ascending order.
    """

    code: str
    subdistrict: str
    district: str
    province: str
    postcodes: tuple[str, ...]
    text: str


def subdistrict(code: str) -> Place | None:
    """Find a subdistrict by its six digits; an abolished one is found too, without postcodes.

    Old records keep the code that was valid when they were written, and must still print.
    """
    return _by_code().get(code) or _abolished().get(code)


def province_name(code: str) -> str:
    """Name a province by its two digits. Raises KeyError for a code that is not one."""
    return _provinces()[code]


def all_places() -> tuple[Place, ...]:
    """Return every subdistrict in force, in Thai order of name, district and province."""
    return tuple(row.place for row in _index())


def search(text: str, *, home: str = "", limit: int = 20) -> list[Place]:
    """Find subdistricts where each word begins or stands within a name of any level or a postcode.

    The province `home` (two digits) comes first; in it the subdistricts whose own name begins
    with the first word, then those of a district, province or postcode that does, then names that
    hold the words; each in Thai order. Tone marks and labels such as ต. count for nothing. Words
    run together ("ไชยสถานเมืองน่าน") are tried when nothing else matches.
    """
    words = [word for word in map(_bare, thai.normalise(text).split()) if word]
    if not words:
        return []
    return _ranked(_holding(words), words, home)[:limit]


def named(name: str, *, district: str = "", province: str = "") -> list[Place]:
    """Find the subdistricts of exactly this name, as a form or a spreadsheet spells it.

    Labels (ต. ตำบล แขวง) and tone marks count for nothing; เมือง alone means the district of the
    provincial town, and กทม. โคราช and อยุธยา are understood. More than one answer: ask.
    """
    wanted_district = _bare(district)
    wanted_province = _bare(province)
    return [
        place
        for place in _by_name().get(_key(name)) or _by_name().get(_bare(name), [])
        if (not wanted_district or _district_is(place, wanted_district))
        and (
            not wanted_province
            or _key(place.province) == _SHORT.get(wanted_province, wanted_province)
        )
    ]


def address_text(parts: Mapping[str, Any]) -> str:
    """Write an address in one line as an official form does; absent parts leave no trace.

    `parts` are those of core.fields.ADDRESS_PARTS. An address that is only known as the text of
    the ID card is given as that text.
    """
    place = subdistrict(parts.get("subdistrict", ""))
    words = [_labelled(labels, parts.get(name, "")) for name, labels in _PART_LABELS]
    if place:
        words += _labelled_levels(place, _LABELS_LONG)
    else:
        words.append(parts.get("subdistrict", ""))
    words.append(parts.get("postcode", ""))
    return " ".join(word for word in words if word) or str(parts.get("card_text", ""))


_PART_LABELS = (
    ("house_no", ("เลขที่ ", "บ้านเลขที่")),
    ("moo", ("หมู่ ",)),
    ("village", ("บ้าน", "หมู่บ้าน", "ชุมชน", "อาคาร")),
    ("soi", ("ซอย", "ซ.", "ตรอก")),
    ("road", ("ถนน", "ถ.")),
)
_LABELS_SHORT = (("ต.", "อ.", "จ."), ("แขวง", "เขต", ""))
_LABELS_LONG = (("ตำบล", "อำเภอ", "จังหวัด"), ("แขวง", "เขต", ""))
_LABELS = ("ตำบล", "อำเภอ", "จังหวัด", "แขวง", "เขต", "ต.", "อ.", "จ.")


def _labelled(labels: tuple[str, ...], value: str) -> str:
    """Put the first label before a value that does not begin with one of them already."""
    if not value or value.startswith(tuple(label.strip() for label in labels)):
        return value
    return labels[0] + value


def _labelled_levels(place: Place, labels: tuple[tuple[str, str, str], ...]) -> list[str]:
    names = (place.subdistrict, place.district, place.province)
    chosen = labels[place.code.startswith(BANGKOK)]
    return [label + name for label, name in zip(chosen, names, strict=True)]


def _holding(words: list[str]) -> Sequence["_Row"]:
    """Narrow the index word by word, which is ten times faster than testing all words a row."""
    rows: Sequence[_Row] = _index()
    for word in words:
        rows = [row for row in rows if word in row.key]
    return rows or [row for row in _index() if all(word in row.joined for word in words)]


def _ranked(rows: Sequence["_Row"], words: list[str], home: str) -> list[Place]:
    """Sort rows at home before away, and in each the names that begin before those that hold."""
    ranks: tuple[list[Place], ...] = ([], [], [], [], [], [])
    own_name, *others = ["|" + word for word in words]
    for row in rows:
        begins = own_name in row.key and all(other in row.key for other in others)
        rank = 0 if begins and row.key.startswith(own_name) else 1 if begins else 2
        away = not (home and row.place.code.startswith(home))
        ranks[rank + 3 * away].append(row.place)
    return [place for rank in ranks for place in rank]


def _district_is(place: Place, wanted: str) -> bool:
    found = _key(place.district)
    return found == wanted or (wanted == _TOWN and found == _TOWN + _key(place.province))


def _bare(word: str) -> str:
    """Return the search key of a name without the label of its level."""
    text = word.strip()
    for label in _LABELS:
        if text.startswith(label) and len(text) > len(label):
            text = text[len(label) :]
            break
    return _key(text)


@cache
def _key(name: str) -> str:
    return thai.search_key(name)


_TOWN = "เมือง"
_SHORT = {
    "กทม": "กรุงเทพมหานคร",
    "กรุงเทพ": "กรุงเทพมหานคร",
    "กรุงเทพฯ": "กรุงเทพมหานคร",
    "โคราช": "นครราชสีมา",
    "อยุธยา": "พระนครศรีอยุธยา",
}


@cache
def _provinces() -> dict[str, str]:
    import geothai

    return {province.code: province.name_th for province in geothai.provinces()}


@cache
def _districts() -> dict[str, str]:
    import geothai

    # Bangkok's districts carry their label in the data, the others do not.
    return {
        district.code: district.name_th.removeprefix("เขต")
        for province in _provinces()
        for district in geothai.districts(province)
    }


@cache
def _by_code() -> dict[str, Place]:
    import geothai

    return {
        row.code: _place(row.code, row.name_th, _districts()[row.code[:4]], row.postal_codes)
        for district in _districts()
        for row in geothai.subdistricts(district)
    }


@cache
def _abolished() -> dict[str, Place]:
    from geothai.abolished import abolished_areas

    areas = abolished_areas()
    districts = {area.code: area.name_th for area in areas if len(area.code) == 4} | _districts()
    return {
        area.code: _place(area.code, area.name_th, districts[area.code[:4]], ())
        for area in areas
        if len(area.code) == 6
    }


def _place(code: str, name: str, district: str, postcodes: tuple[str, ...]) -> Place:
    bare = Place(code, name, district, province_name(code[:2]), postcodes, "")
    text = " ".join(_labelled_levels(bare, _LABELS_SHORT))
    return Place(code, name, bare.district, bare.province, postcodes, text)


@cache
def _by_name() -> dict[str, list[Place]]:
    names: dict[str, list[Place]] = {}
    for place in _by_code().values():
        names.setdefault(_key(place.subdistrict), []).append(place)
    return names


@dataclass(frozen=True, slots=True)
class _Row:
    """A place and its search keys: levels and postcodes parted by bars, and levels run together."""

    place: Place
    key: str
    joined: str


@cache
def _index() -> tuple[_Row, ...]:
    rows = []
    for place in sorted(_by_code().values(), key=_thai_order):
        levels = [_key(place.subdistrict), _key(place.district), _key(place.province)]
        rows.append(_Row(place, "|" + "|".join([*levels, *place.postcodes]), "".join(levels)))
    return tuple(rows)


def _thai_order(place: Place) -> tuple[str, str, str]:
    return _order(place.subdistrict), _order(place.district), _order(place.province)


@cache
def _order(name: str) -> str:
    return thai.sort_key(name)
