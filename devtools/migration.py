"""Write a migration: what the described tables have and the last schema has not."""

import subprocess
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from devtools import shapes

ROOT = Path(__file__).parents[1]
VERSIONS = ROOT / "app" / "migrations" / "versions"
SCHEMA = ROOT / "app" / "models" / "office" / "schema.py"


def main() -> None:
    """Write the next numbered revision, formatted, with its number as SCHEMA, and the shapes.

    The message of the revision is the first argument. Nothing is written where SCHEMA is not the
    number of the last revision.
    """
    if len(sys.argv) != 2:
        raise SystemExit('Say what changed: python3 dev.py migration "a group has rooms"')
    numbers = sorted(path.name[:4] for path in VERSIONS.glob("0*.py"))
    text, now = SCHEMA.read_text(encoding="utf-8"), f'SCHEMA = "{numbers[-1]}"'
    if text.count(now) != 1:
        raise SystemExit(f"{SCHEMA.relative_to(ROOT)} does not say {now}: put that right first.")
    number = f"{int(numbers[-1]) + 1:04d}"
    config = Config()
    config.set_main_option("script_location", "app:migrations")
    with create_engine("sqlite://").connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        command.revision(config, message=sys.argv[1], autogenerate=True, rev_id=number)
    (made,) = VERSIONS.glob(f"{number}_*.py")
    # the form comes first: what is too long only until then is no fault to tell
    for task in (("format",), ("check", "--fix", "--exit-zero"), ("format",)):
        ruff = (sys.executable, "-m", "ruff", *task, "--quiet", str(made))
        subprocess.run(ruff, cwd=ROOT, check=True)
    SCHEMA.write_text(text.replace(now, f'SCHEMA = "{number}"'), encoding="utf-8", newline="\n")
    shapes.write()
    print(f"{made.relative_to(ROOT)}: read it. SCHEMA is {number} now.")


if __name__ == "__main__":
    main()
