"""Papers as PDF: pure functions from what stands on the paper to its bytes; no database, no clock, no Qt."""
