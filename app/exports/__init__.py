"""Files that people take away: each format is one writer, from the report as data to bytes."""
