"""Practice stories at the network: the editors' desk, and what members read."""
