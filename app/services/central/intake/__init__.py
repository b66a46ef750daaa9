"""How bundles come in: the inbox, the judging, the lines, the heads, the archive."""
