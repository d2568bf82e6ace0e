"""Work abroad: cases, direct contracts, people not heard of, the funnel, businesses."""
