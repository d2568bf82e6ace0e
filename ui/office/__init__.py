"""The parts in which an office describes itself: shared by the first-run wizard and the settings page."""
