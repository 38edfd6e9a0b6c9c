"""Withdrawal as a guided sequence: one question at a time, from a person's "stop" to the closed case."""
