"""What blocks are written with: ink, or a pencil that leaves open what only the package knows."""
