"""Who the centre is and whom it trusts."""
