"""Where items come from, other than a file on this machine and Slack."""
