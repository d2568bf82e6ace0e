"""Values and rules of the field: no database, no clock, no files but shipped tables."""
