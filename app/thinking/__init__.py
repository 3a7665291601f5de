"""Pure algorithms on plain values: they know no workshop, no clock, no disk and no chance of their own."""
