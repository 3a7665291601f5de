"""The parts of `app.thinking.grouping`, which is the only door to them."""
