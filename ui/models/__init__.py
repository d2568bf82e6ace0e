"""Item models that know no feature."""
