"""The nouns of a workshop, pure: the standard library and msgspec only."""
