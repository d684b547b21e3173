"""The parts of the evaluation: checked tables in, rows of the ledger out."""
