"""Disposal, from the proposal to the certificate: destroyed, made anonymous, or handed over."""
