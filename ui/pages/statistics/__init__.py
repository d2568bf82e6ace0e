"""The page of reports: the forms of a review, the households behind each number, totals typed per hamlet."""
