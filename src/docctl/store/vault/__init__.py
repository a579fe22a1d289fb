"""The vault: where the payloads of records lie, outside Git history, so that they can be destroyed.

A payload is sealed (`trust.sealing`) under its record's key and named by its commitment. Payloads
lie on one shelf or, as copies, on several; keys on a shelf of their own, outside every backup of
payloads. Who only reads imports `reading`; `writing`, `folder` and `remote` change what is there.
"""
