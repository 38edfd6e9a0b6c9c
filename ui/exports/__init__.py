"""The page of what leaves the house: making briefs and kits, and the ledger."""
