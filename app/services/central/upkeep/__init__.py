"""What keeps the centre right over the years: updates, erasure, rebuilding, figures."""
