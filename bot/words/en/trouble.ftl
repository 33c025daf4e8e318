### What stands in the way for a moment: Slack, or somebody else at the same work.

trouble-slow = Slack does not answer just now, so nothing was saved. Please try again.
trouble-admin = Slack can't say just now who the admins of this workspace are; please try again in a minute.
trouble-zone = Slack can't say where { $who } lives; please try again in a minute.
trouble-group = Slack can't say who is in the user group { $who }; please try again in a minute.
trouble-because = { $trouble } Slack's reason: { $why }.
trouble-channel = Slack can't say just now who is in that channel; please try again.
trouble-not-in-channel = You are not in that project's channel. Join it, then try again.

lease-taken = Somebody else is at work on this project (an import, or the closing of a round); please try again in a minute.
