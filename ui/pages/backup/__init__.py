"""Backups: the last verified one, those that were found, making, verifying and restoring one."""
