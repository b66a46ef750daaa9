"""A printer that prints into a file."""

from pathlib import Path

from PySide6.QtPrintSupport import QPrinter


def file_printer(target: Path, kind: type[QPrinter] = QPrinter) -> QPrinter:
    """Open a printer whose paper is a PDF file."""
    printer = kind(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setResolution(150)
    return printer
