"""Prepare, sign, land: from what somebody wants to the signed event that stands in the store."""
