"""What follows from the lines of a bundle that was just taken in: the ledger, and the index."""

from sqlalchemy import Connection

from app.core.line import Data
from app.services.central import applications, files, ledger, persons, records
from app.services.central.found import Centre
from app.sync.bundle import Bundle


def follow(connection: Connection, centre: Centre, opened: Bundle, number: int) -> None:
    """Keep the scans of a bundle, and look again at the records that it touched."""
    office = opened.envelope.office
    files.take(connection, office, opened.files())
    loans = records.touched(connection, office, "loan_file", number)
    applications.follow(connection, office, loans)
    key = centre.mark_key(connection)
    for people in records.touched_in_pieces(connection, office, "person", number):
        persons.follow(connection, office, people, key)


def follow_own(connection: Connection, office: str, type_: str, data: Data) -> None:
    """Bring the ledger up to a line of the centre that is put back."""
    if type_ == "fund_round" and "pot" in data:
        ledger.put_back_pot(connection, data["code"], data["pot"])
    if type_ == "allotment":
        ledger.put_back(connection, office, data["round"], data["amount"])
    if type_ == "loan_decision":
        applications.follow(connection, office, [data["loan_file"]])
