"""How good the links of invented case lists are, against the known truth."""
