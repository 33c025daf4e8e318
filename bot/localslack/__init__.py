"""A Slack workspace on this machine: Web API, Socket Mode, signed HTTP, and a page to click in.

It knows Slack's wire format and nothing of any app. See README.md in this folder.
"""
