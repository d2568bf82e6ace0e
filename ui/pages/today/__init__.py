"""The page “Today's work”: what is due, overdue and waiting, per officer."""
