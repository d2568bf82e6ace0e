"""Opening a review: kind and days proposed by the standard, and how many households it will list, before anything is done."""

_AHEAD = 400
