"""What the centre gives out: receipts, whole offices, its own lines and code tables."""
