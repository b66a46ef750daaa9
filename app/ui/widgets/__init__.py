"""Small parts that know no record: keys, looks, Thai wrapping, menus."""
