"""The pages, one small module each: a tuple `ROUTES`, and handlers that ask `testimonia.project` and draw."""
