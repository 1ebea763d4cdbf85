"""Hidden totals: how many people were recorded by none of several overlapping lists. Pure numbers, no drawing."""
