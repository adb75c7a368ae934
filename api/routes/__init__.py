"""The routes, a module each, and what only one of them needs beside it."""
