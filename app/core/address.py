"""The parts of an address, described like the fields of a record."""

from app.core.i18n import N_
from app.core.kinds import Field, Kind

ADDRESS_PARTS = (
    Field("house_no", N_("House number"), Kind.TEXT, most=40),
    Field("moo", N_("Village number (moo)"), Kind.DIGITS, most=3),
    Field("village", N_("Village"), Kind.TEXT, most=80),
    Field("soi", N_("Lane (soi)"), Kind.TEXT, most=80),
    Field("road", N_("Road"), Kind.TEXT, most=80),
    Field("subdistrict", N_("Subdistrict"), Kind.SUBDISTRICT),
    Field("postcode", N_("Postcode"), Kind.DIGITS, least=5, most=5),
    Field("house_code", N_("House registration code"), Kind.DIGITS, least=11, most=11),
    Field("card_text", N_("Address as read from the card"), Kind.TEXT, most=200),
)
