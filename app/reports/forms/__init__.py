"""The printed documents, one file each; importing one registers its form."""
