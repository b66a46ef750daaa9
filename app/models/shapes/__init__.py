"""The shape of every record type. Written by devtools.shapes, never by hand."""

from app.models.shapes.certification import *  # noqa: F403
from app.models.shapes.groups import *  # noqa: F403
from app.models.shapes.loans import *  # noqa: F403
from app.models.shapes.office import *  # noqa: F403
from app.models.shapes.parts import *  # noqa: F403
from app.models.shapes.people import *  # noqa: F403
from app.models.shapes.training import *  # noqa: F403
from app.models.shapes.visits import *  # noqa: F403
