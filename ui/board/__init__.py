"""The page of consent: where everybody stands, what runs out, and who said stop."""
