"""The central office: it enrols desks, takes their bundles, decides, and answers with receipts."""

from app.services.central.answers import export_office, write_receipts
from app.services.central.deciding import Decided, allot, announce_round, decide
from app.services.central.found import Centre, enrol, initialise, open_centre
from app.services.central.ingest import Ingested, ingest
from app.services.central.persons import duplicates
from app.services.central.status import Status, status

__all__ = [
    "Centre",
    "Decided",
    "Ingested",
    "Status",
    "allot",
    "announce_round",
    "decide",
    "duplicates",
    "enrol",
    "export_office",
    "ingest",
    "initialise",
    "open_centre",
    "status",
    "write_receipts",
]
