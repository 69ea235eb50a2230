"""The pages of custody."""
