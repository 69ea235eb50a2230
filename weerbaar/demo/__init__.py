"""The demo: fictional organisations, people and fifteen incidents, made through the services."""
