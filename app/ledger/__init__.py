"""Where workshops are kept: a journal of what happened and the rows it led to, one contract over several engines."""
