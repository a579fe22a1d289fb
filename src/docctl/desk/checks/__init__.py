"""What is wrong with documents before they are submitted, or since."""
