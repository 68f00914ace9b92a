"""The `annex` command line.

`table.py` lists every command; a command's module is imported when it is called, and nothing
heavy (httpx, pydantic, Rich) before a command needs it, so that `annex --help` answers at once.
"""
