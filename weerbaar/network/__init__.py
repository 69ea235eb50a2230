"""What the network does: its figures, its themes with money, and its stories."""
