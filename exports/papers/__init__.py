"""The papers of consent: what people sign, what they keep, and what they are told."""
