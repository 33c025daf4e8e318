"""The web page of the local workspace: a chat client of plain HTML, CSS and ES modules."""
