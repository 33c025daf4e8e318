### Why Slack did not do something. Shown to people without Slack's code; logs have it.

slack-no-answer = Slack does not answer just now; please try again in a minute.
slack-busy = Slack has too much to do just now; please try again in a minute.
slack-refused = Slack refuses it ({ $code }).

# Halves of a sentence: they stand alone as one, or behind a colon.
slack-channel-not-found = the channel does not exist, or the app is not in it; invite it with /invite
slack-not-in-channel = the app is not in the channel; invite it with /invite
slack-is-archived = the channel is archived
slack-invalid-auth = Slack refuses the bot token; set SLACK_BOT_TOKEN anew
slack-account-inactive = the app was removed from the workspace; install it again
slack-token-revoked = the bot token was revoked; install the app again and set SLACK_BOT_TOKEN
slack-not-authed = no bot token was sent; set SLACK_BOT_TOKEN
slack-missing-scope = the app lacks a scope; install it again with the scopes of manifest.yml
slack-restricted-action = a workspace setting forbids the app to post here
slack-thread-not-found = the message that it belongs to was deleted
slack-no-such-subteam = there is no such user group (any more)
slack-plan-upgrade-required = this workspace's plan has no user groups
slack-user-not-found = there is no such person in the workspace
slack-messages-tab-disabled = the app may not write to people; turn on its Messages tab (App Home) as in manifest.yml
slack-cannot-dm-bot = it is a bot
slack-user-disabled = that person's account is closed
slack-msg-too-long = the message is longer than Slack takes
slack-file-not-found = the file was deleted, or is not for the app

# What could not be sent, and how many messages it struck.
failure-struck = { $reason } ({ $messages ->
        [one] 1 message
       *[other] { $messages } messages
    })
failure-unknown = unknown
