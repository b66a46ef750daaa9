"""A page of records: the list, the form, and what is done with one."""
