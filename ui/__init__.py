"""The window of casemgr: PySide6 widgets over the use cases of the core."""
