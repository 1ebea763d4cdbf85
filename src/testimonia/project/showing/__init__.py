"""What the pages on findings show, as plain values: tables, the chain behind a figure, pictures, the dossier, live."""
