"""Sources: what brings items, from feeds, listings, archives and folders."""
