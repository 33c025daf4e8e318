### The form in which a project is set up and changed: its fields, what is wrong with what stands in them, and what is said in the end.

setup-new = New project
setup-change = Change the project
setup-create = Create
# channel: a link to it
setup-where = In { $channel }. Rounds that come will follow what you change here; labels are offered at once.
setup-labels-too-long = The labels and their guidelines are longer than a form of Slack's takes.

## Fields. Examples (at most 150 characters) stand in an empty field.

setup-name-example = Brand safety
setup-channel-hint = I join a public channel by myself; to a private one invite me: /invite @Roundtable
setup-labels = Labels and guidelines
setup-labels-example =
    negative: says something bad, e.g. “broke after a day”
    other: everything else
setup-labels-hint = One a line: the label, a colon, what it means, with an example. A line that begins with a space goes on with the one above.
setup-positive-hint = Precision and recall speak of it. Empty: the first label.
setup-url = Items from a web address
setup-url-hint = Of a CSV, TSV or JSONL file. Or leave it empty, and drop the file into the channel afterwards.
setup-options = Options
setup-multi-label = An item may carry several labels
setup-suggestions = Show people the model's suggestion before they answer
setup-leads-hint = They change, pause and import. Nobody: everybody in the channel may.
setup-annotators-hint = Nobody: everybody in the channel.
setup-observers-hint = They see how things stand and don't answer.
# After one of these three.
setup-groups-beside = Beside them: { $groups ->
        [one] 1 user group
       *[other] { $groups } user groups
    }.
setup-audit = Of these, only to measure
setup-audit-hint = A random sample for honest figures. Empty: a fifth, at most 10.
setup-other-times = At other times: say when, below
setup-cron = Other times
setup-cron-hint = As cron: minute, hour, day, month, weekday. Only if you chose other times.
setup-deadline = Close a round after … hours
setup-deadline-hint = Even if items are left. Empty: it stays open until all are answered.
setup-items-in = Where are the items posted?
setup-reactions-example =
    :+1: other
    :-1: negative
setup-reactions-hint = One a line: the emoji, then its label. A reaction with it is an answer, taken back with it. Everybody sees it at once.
setup-reask = Items asked once more in each round, at most
setup-reask-hint = On top of the round's items: where people differ or a label is in doubt, somebody new is asked.
setup-gold = Known answers mixed into each round
setup-gold-hint = On top as well, and not announced: they show leads how often each person is right.
setup-max-rounds-hint = Empty: as many as it takes.
setup-planned-hint = Reports tell how many are spent of these.
setup-target-f1 = Best F1: precision and recall alike
setup-target-precision = Precision of at least … %
setup-target-recall = Recall of at least … %
setup-target-cost = A miss costs … false alarms
setup-target-value = How much
setup-target-value-hint = Per cent of precision or recall, or false alarms. Empty for best F1.
setup-seed-example =
    refund
    never again
setup-seed-hint = One a line. While there is no model yet, items with one of them are asked first. /…/ is a regular expression.
setup-tells = Private messages
setup-lead-notes = Tell leads after each round how people fare
setup-reminders = Remind people of an open round, once a day at most

## What is wrong, below a field (at most 250 characters)

setup-no-number = “{ $given }” is not a number; write one such as 5.
setup-no-whole-number = “{ $given }” is not a whole number; write one such as 5.
setup-from-to = Write a whole number from { $least } to { $most }.
setup-choose = Choose one of these.
setup-emoji-alone = “{ $given }” names no label; write the emoji, a space, and its label.
setup-emoji-twice = The emoji { $emoji } stands there twice; each line needs its own.
setup-audit-most = A round has { $batch ->
        [one] 1 item
       *[other] { $batch } items
    }, so at most { $batch } can only measure.
setup-say-precision = Say how much precision you want, in per cent: more than 0 and less than 100, e.g. 90.
setup-say-recall = Say how much recall you want, in per cent: more than 0 and less than 100, e.g. 90.
setup-say-cost = Say how many false alarms a miss costs, e.g. 5.
setup-say-target = Choose what the model is tuned for.
setup-say-when = Say when, in five fields: minute, hour, day, month, weekday, e.g. 30 8 * * 2,4.
setup-say-hours = Write a number of hours from { $least } to { $most }, or leave it empty.
setup-say-channel = Choose the channel whose people will label.
setup-invite = I can't see that channel. Invite me there first: /invite @Roundtable
setup-ask-again = Slack can't be asked about this channel just now; please try again.
setup-refused = Slack refuses this channel: { $why }
setup-archived = That channel is archived; choose another one.
setup-not-joined = I could not join that channel. Invite me there: /invite @Roundtable
setup-label-used = '{ $label }' has been used already, so it can be neither taken away nor renamed; put it back. New labels may be added.
setup-meanwhile = Somebody else changed this meanwhile. Open the form again to see it.
setup-meanwhile-to = Somebody else changed this meanwhile, to: { $now }. Open the form again to see it.

## What is said besides

setup-not-opened = The form could not be opened in time. Please try once more.
setup-lost = This form is from an earlier version. Please open it again.
# channel: a link to it
setup-done = *{ $project }* is set up in { $channel }.
setup-done-fetching = I am fetching the items; I tell how that goes in { $channel }.
setup-done-next = Now drop a CSV, TSV or JSONL file with the texts into { $channel }. The first round begins when they are here.
setup-unchanged = Nothing was changed.
# settings: what they are called
setup-changed = *{ $project }* is changed: { $settings }.
setup-changed-overlap = The number of answers wanted holds from the next round.

## The first message in a project's channel

setup-welcome = *{ $project }* is set up in this channel. Labels: { $labels }.
setup-welcome-more = { $labels } and { $more } more
setup-welcome-leads = Led by { $leads }.
setup-welcome-items = { $items ->
        [one] 1 item
       *[other] { $items } items
    } in the pool; rounds are posted in this channel.
setup-welcome-next = Next: a lead drops a CSV, TSV or JSONL file with the texts into this channel, or gives its address: `/roundtable import https://…`. The first round begins when they are here.

## All settings in words: /roundtable config show

setup-settings-of = *{ $project }*: its settings
setup-settings-change = `/roundtable config` changes them, or *Change* in the app's Home.
