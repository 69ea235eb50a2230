"""The demo: invented organisations, people and incidents, made through the services."""
