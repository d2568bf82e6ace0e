"""The page of support: programmes, budgets, distributions."""
