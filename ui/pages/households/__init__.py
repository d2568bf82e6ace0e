"""Households: the list, the one page of a household, a new household."""
