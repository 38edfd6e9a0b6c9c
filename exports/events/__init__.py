"""Events: slides and films for a room full of people."""
