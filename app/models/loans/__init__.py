"""What is stored of loans: rounds, files, sureties, papers, decisions, payments."""
