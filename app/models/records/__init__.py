"""What every record has: its described columns, its lines in the journal, its scans."""
