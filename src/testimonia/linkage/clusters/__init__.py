"""Who is the same person: constraints, draws of the partition, clusters, missed pairs, overlap tables."""
