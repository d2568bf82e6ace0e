"""Sponsors, events, officers, public works and marks of households that can leave poverty."""
