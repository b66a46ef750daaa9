"""Tables and triggers of each schema version; revisions are numbered in order."""
