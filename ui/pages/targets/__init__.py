"""The leader's first page: targets of the commune with plan, state, trend and the list behind each number."""
