"""The consent panel: who may use a story and for what, as questions with answers."""
