"""Case management for the social workers of a Vietnamese commune office: the core, free of Qt."""

__version__ = "0.1.0"
