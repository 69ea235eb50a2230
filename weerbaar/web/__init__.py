"""The page shell: components, look, forms, headers, refusals and the one door check."""
