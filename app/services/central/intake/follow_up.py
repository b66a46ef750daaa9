"""What follows from the lines of a bundle that was just taken in: the ledger, and the index."""

from sqlalchemy import Connection

from app.core.line import Data
from app.services.central.answers import office_files
from app.services.central.intake import office_records
from app.services.central.keys.centre import Centre
from app.services.central.money import applications, ledger
from app.services.central.upkeep import person_index
from app.sync.bundle import Bundle


def follow(connection: Connection, centre: Centre, opened: Bundle, number: int) -> None:
    """Keep the scans of a bundle, and look again at the records that it touched."""
    office = opened.envelope.office
    office_files.take(connection, office, opened.files())
    loans = office_records.touched(connection, office, "loan_file", number)
    applications.follow(connection, office, loans)
    key = centre.mark_key(connection)
    for people in office_records.touched_in_pieces(connection, office, "person", number):
        person_index.follow(connection, office, people, key)


def follow_own(connection: Connection, office: str, type_: str, data: Data) -> None:
    """Bring the ledger up to a line of the centre that is put back."""
    if type_ == "fund_round" and "pot" in data:
        ledger.put_back_pot(connection, data["code"], data["pot"])
    if type_ == "allotment":
        ledger.put_back(connection, office, data["round"], data["amount"])
    if type_ == "loan_decision":
        applications.follow(connection, office, [data["loan_file"]])
