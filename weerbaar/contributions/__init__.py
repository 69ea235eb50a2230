"""The letterbox of the figures: cases put sealed records in, the network alone opens them."""
