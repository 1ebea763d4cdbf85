"""How often the intervals for hidden totals are right: simulated populations whose true total is known."""
