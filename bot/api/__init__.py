"""What `web` answers over HTTP to others than Slack."""
