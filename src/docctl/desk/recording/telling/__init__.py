"""What records say and how they stand: asked, listed, shown, looked through."""
