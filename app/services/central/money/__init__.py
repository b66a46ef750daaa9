"""The budget of a round: the ledger, the queue of applications, the decisions."""
