"""The page of standards: policy packs, the point table, days off, authorities."""
