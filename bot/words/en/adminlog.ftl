### The administrative log: what was done. Before it stands who did it; settings are called as in their form (settings.ftl).

act-create = made the project
act-config = changed the settings
act-rights = changed who leads, labels or watches
act-start = began a round
act-pause = paused it
act-resume = resumed it
act-close-round = closed a round
act-audit = asked for an audit
act-rollback = went back to an earlier model
act-export = exported
act-import = imported
act-details = { $done }: { $details }
act-round = round { $round }
act-labels = { $labels ->
        [one] 1 label
       *[other] { $labels } labels
    } in round { $round }
act-added = { $file }: { $added } added
act-moved = { $setting } ({ $before } → { $now })
