"""The page of loans, health insurance cards and school support."""
