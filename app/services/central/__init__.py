"""The central office: it enrols desks, takes their bundles and answers with receipts."""

from app.services.central.answers import export_office, write_receipts
from app.services.central.found import Centre, enrol, initialise, open_centre
from app.services.central.ingest import Ingested, ingest
from app.services.central.status import Status, status

__all__ = [
    "Centre",
    "Ingested",
    "Status",
    "enrol",
    "export_office",
    "ingest",
    "initialise",
    "open_centre",
    "status",
    "write_receipts",
]
