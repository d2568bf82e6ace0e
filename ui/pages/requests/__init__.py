"""The page of requests at the counter."""
