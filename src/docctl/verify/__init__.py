"""Checking the whole history. It cannot write."""
