### How projects stand: `/roundtable status`, App Home and help.

## Status: a sentence for each thing

status-no-round = No round yet.
status-round-open = Round { $round } is open: `{ $bar }` { $answered } of { $total } answered.
status-round-open-until = Round { $round } is open: `{ $bar }` { $answered } of { $total } answered, open until { $until }.
status-round-over = Round { $round } is { $state ->
        [closing] closing
       *[closed] closed
    }: `{ $bar }` { $answered } of { $total } answered.
status-labels = { $labels ->
        [one] 1 label
       *[other] { $labels } labels
    }, { $positives } of them { $positive }; { $left ->
        [one] 1 item
       *[other] { $left } items
    } left in the pool.
status-no-items = Next: a lead drops a CSV, TSV or JSONL file with the texts into the project's channel, or gives its address: `/roundtable import https://…`.
status-by-label = Items by label: { $listed }.
status-report = After round { $round }: precision { $precision }, recall { $recall }, F1 { $f1 }, { $threshold }.
status-report-unmeasured = After round { $round }: nothing can be said of precision and recall yet, { $threshold }.
status-learned = Since then the model has learned of later changes (`{ $version }`, { $when }), { $threshold }; these figures are from before.
status-no-model = no model yet
status-threshold = threshold { $threshold }
status-thresholds = thresholds { $listed }
status-paused = { $known ->
        [whowhen] Paused by { $who } { $when }
        [who] Paused by { $who }
        [when] Paused { $when }
       *[nothing] Paused
    }: no new round until `/roundtable resume`.
status-next-round = Next round: { $when }.
status-messages = { $messages ->
        [one] 1 message
       *[other] { $messages } messages
    } waiting to be sent.
status-not-sent = Not sent: { $reasons }.

## Help. What is typed is not translated.

help-status = how labelling stands: round, people, model, what comes next
help-report = the report of the last round, or of round n
help-people = for leads: who answered how much, how right, and what is worth another look
help-new = set up a project, in a form
help-config = for leads: change a project's settings; with `show`, read them
help-import = for leads: items from a CSV, TSV or JSONL file on the web (or drop the file into the channel)
help-start = for leads: begin the next round now, even if the schedule is later
help-audit = for leads: the next round spends n labels on measuring alone
help-why = why an item was asked, by its id or a link to its message
help-log = for leads: who did what to the project
help-export = for leads: a CSV file, to you alone
help-rollback = for leads: go back to an earlier model; without a version, which there are
help-pause = no new round until it is resumed; the open one can still be answered
help-resume = rounds go on
help-close-round = close the open round now, with the answers there are
help-help = this list

## App Home

home-new = New project
home-no-project = No project yet. `/roundtable new` makes one.
home-away = How things stand can't be shown just now; come back to this page in a minute.
home-more = and { $projects } more; ask `/roundtable status` in their channels
home-project = *{ $project }* in { $channel }
home-contested = { $answers ->
        [one] 1 known answer
       *[other] { $answers } known answers
    } may be wrong: `/roundtable people { $project }` says which, and what people answer.
home-resume = Resume
home-pause = Pause
home-close = Close round
home-start = Start round
home-measure = Measure
home-change = Change
home-last-report = Reports
home-import = Add items
home-settings = Settings
home-why = Why an item?
home-help = Help
home-people = People
home-export = Export
home-models = Earlier models
home-log = Log
# A button, for a screen reader.
home-button-of = { $button }: { $project }

## The whole text of an item

full-text-title = Full text
full-text-cut = The rest is longer than Slack can show.
