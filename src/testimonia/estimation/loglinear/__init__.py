"""Hierarchical log-linear models of an overlap table: fitting, verdicts, all models, exact search for the best."""
