"""What follows from the lines of a bundle that was just taken in: the ledger, and the index."""

from sqlalchemy import Connection

from app.services.central import applications, files, persons, records
from app.services.central.found import Centre
from app.sync.bundle import Bundle


def follow(connection: Connection, centre: Centre, opened: Bundle, number: int) -> None:
    """Keep the scans of a bundle, and look again at the records that it touched."""
    office = opened.envelope.office
    files.take(connection, office, opened.files())
    loans = records.touched(connection, office, "loan_file", number)
    applications.follow(connection, office, loans)
    people = records.touched(connection, office, "person", number)
    persons.follow(connection, office, people, centre.mark_key())
