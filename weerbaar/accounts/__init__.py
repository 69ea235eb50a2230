"""People, organisations and what a role may do."""
