"""Practice stories: told in a case with the reporter's yes, edited by the network.

The room has two sides. `models.told` and what goes with it know the case. What the
network has (`models.edited`, `services.editing`, `services.published`) knows no case:
an import contract holds that, and ADR 0029 says what leads from one to the other.
"""
