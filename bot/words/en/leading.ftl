### What leads see of their acts: the log, files, earlier models, why an item was asked, and the forms of App Home.

# The administrative log. { $who } is a person, { $what } what they did ("paused it").
leads-log-none = *Log of { $project }*: nothing yet.
leads-log-none-logged = *Log of { $project }*{"\u000A"}Nothing has been logged yet.
leads-log-head = *Log of { $project }*
leads-log-last = *Log of { $project }*, the last { $entries ->
        [one] 1 entry
       *[other] { $entries } entries
    }
leads-log-line = { $at }: { $who } { $what }.
leads-log-all = All of it: `/roundtable export log { $id }`.

# Models. { $version } is a name such as m3-118, { $about } stands behind it in brackets.
leads-models-current = *{ $project }*: the current model is `{ $version }` ({ $about }).
leads-models-none = *{ $project }* has no model yet.
leads-models-earlier = Earlier: { $versions }
leads-models-no-earlier = There is no earlier one to go back to.
leads-models-usage = `/roundtable rollback { $version } { $id }` makes that one current, until new labels train the next.
leads-models-about = { $first ->
        [yes] of the first labels
       *[no] after round { $round }
    }, { $labels ->
        [one] 1 label
       *[other] { $labels } labels
    }, { $at }

# The file of an export. { $what } is a word that is typed: labels, votes, log.
leads-export-file = The { $what } of { $project }: { $lines ->
        [one] 1 line
       *[other] { $lines } lines
    }. Only you see this file.

## Why an item was asked

leads-why-asked = Why “{ $text }” was asked. { $answers }
leads-why-answers = Answers: { $answers }.
leads-why-no-answers = Answers: none.
leads-why-label = Label: { $label }.
leads-why-no-label = No label.
leads-why-answered-by = Answered by { $people }; what they said is shown when the round is closed.
leads-why-answered-by-nobody = Answered by nobody yet; what they said is shown when the round is closed.

## Forms

leads-measure-title = Measure
leads-measure-submit = Measure
leads-measure-nothing-left = No item without a label is left to draw from.
leads-measure-labels = Labels to spend
leads-measure-hint = 1 to { $most }. Reports say how many more would narrow the figures down.
leads-measure-intro = The next round of *{ $project }* asks for items drawn by chance, all to measure how good the model is, none to learn from.

leads-export-title = Export
leads-export-submit = Export
leads-export-what = What
leads-export-labels = Labels: one for each item
leads-export-votes = Votes: every answer, with who and when
leads-export-log = Log: who did what to the project
leads-export-intro = The file of *{ $project }* comes to you as a direct message, in CSV. Nobody else sees it.

leads-models-title = Earlier models
leads-models-submit = Go back
leads-models-model = Model
leads-models-option = { $version }: round { $round }, { $labels } labels
leads-models-then = The model that you choose plans and scores from now on, until new labels train the next one.

leads-import-title = Add items
leads-import-submit = Fetch
leads-import-address = Web address of a CSV, TSV or JSONL file
leads-import-intro = Drop a file with more items of *{ $project }* into { $channel }, or give its address here. How it goes is told there.

leads-why-title = Why was it asked?
leads-why-submit = Show
leads-why-item = Which item
leads-why-hint = Its id, or a link to its message: Copy link in the message's menu.
leads-why-nowhere = No item '{ $item }' was asked about in the projects that you see. Give its id, or a link to its message.

leads-settings-title = Settings
leads-report-round = Round { $round }
leads-report-another = Another round
leads-log-title = Log
leads-report-title = Report
leads-people-title = People

## What cannot be exported, or gone back to

leads-export-unknown = There is no export of '{ $what }'; say `export votes` or `export labels` or `export log`.
leads-export-which = Say of what: `export votes` or `export labels` or `export log`.
leads-rollback-busy = Round { $round } of { $project } is just being learned from; try again in a minute.
leads-rollback-current = { $version } is the current model already.
leads-rollback-which = Say which model version to go back to; there are { $known }.
leads-rollback-unknown = There is no model version '{ $version }' to go back to; there are { $known }.
leads-rollback-none = There is no model version '{ $version }' to go back to; there is no earlier one yet.

## Finding a channel

channel-not-asked = Slack could not be asked for the channel { $channel }: { $why }
channel-not-seen = The bot sees no channel { $channel }. Check the spelling; a private channel must first be opened to it by /invite.
