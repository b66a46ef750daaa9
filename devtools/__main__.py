"""Make what set-up makes: the fonts, the compiled catalogue and the notices."""

from app.core import paths
from devtools import catalogue, fonts, notices


def main() -> None:
    """Bring build/ up to its sources; what is up to date is not touched."""
    if fonts.cut(paths.built("fonts")):
        print(f"{len(fonts.CUTS)} fonts cut into build/fonts")
    catalogue.main("compile")
    notices.write(paths.built("THIRD-PARTY-NOTICES.txt"))


if __name__ == "__main__":
    main()
