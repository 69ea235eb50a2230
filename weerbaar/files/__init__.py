"""What a file is, what it tells about its maker, and whether it is harmful.

Knows no case and no key: it is given files to read from and to write to.
"""
