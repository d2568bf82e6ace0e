"""Spreadsheets and files in and out of the program, one module per concern."""
