"""The first-run wizard: from a fresh machine to an open case file in at most six steps."""
