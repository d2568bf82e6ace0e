"""The page that tries a standard on today's data."""
