"""Bytes, signatures, yes or no: canonical JSON, OpenSSH signatures, and who can make them."""
