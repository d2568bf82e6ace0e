"""Certificates: issue, confirm, print, hand over; their register."""
