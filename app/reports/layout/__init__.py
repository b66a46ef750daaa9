"""How a page is laid out: shaped Thai, paragraphs, tables, places to sign, codes."""
