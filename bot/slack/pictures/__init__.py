"""The files of a report's thread: pictures for everybody, and a page for the client. All from the stored report."""
