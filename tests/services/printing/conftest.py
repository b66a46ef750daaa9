"""A group with a leader, whose papers are printed."""

import pytest

from app.services.office.desk import Desk
from tests.makers.office import group, join, person


@pytest.fixture
def team(desk: Desk) -> str:
    made = group(desk)
    join(desk, made, person(desk), role="leader")
    return made
