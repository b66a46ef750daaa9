"""What a new migration is compared with: every table, in a process that has loaded nothing else."""

import subprocess
import sys
from pathlib import Path

import dev

ROOT = Path(dev.__file__).parent
CHECK = """
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

config = Config()
config.set_main_option("script_location", "app:migrations")
with create_engine("sqlite://").connect() as connection:
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    command.check(config)
"""


def test_a_new_migration_knows_every_table_there_is():
    command = (sys.executable, "-c", CHECK)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr.splitlines()[-1:]) == (0, [])
