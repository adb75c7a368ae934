"""A file as text: unpacked, in UTF-8, in lines, each within bounds."""
