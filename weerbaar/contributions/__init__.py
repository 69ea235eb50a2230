"""The letterbox of the figures: cases put sealed records in, only the network opens."""
