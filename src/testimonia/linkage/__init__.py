"""Who is the same, and who stands behind what is said: names, lists of people, matches; origins and copies."""
