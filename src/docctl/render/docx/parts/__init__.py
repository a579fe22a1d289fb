"""The parts around the text: styles, lists, settings, properties, and the package itself."""
