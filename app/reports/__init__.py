"""The printed documents: plain data in, the bytes of a PDF out."""
