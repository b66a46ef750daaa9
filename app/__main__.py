"""`python -m app`: the window, or one command."""

if __name__ == "__main__":  # a process that reads a workbook imports this module, too
    import sys

    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()

    from app.cli import main

    sys.exit(main(sys.argv[1:]))
