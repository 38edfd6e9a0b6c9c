"""Cards: quotes as pictures, set in the themes of the house."""
