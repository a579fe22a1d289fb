"""Files that leave the library, and files that come back: copies, comparisons, sites."""
