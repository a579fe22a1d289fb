"""Record types as ready models: what management systems usually keep, in docctl's own words."""
