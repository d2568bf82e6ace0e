"""Livelihood plans, community projects, groups of households and the revolving ledger."""
