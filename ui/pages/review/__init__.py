"""The poverty review: board, lists, key-in, meeting, posting, decision."""
