### A project's settings: what they are called and what they are. Titles stand in sentences, too; at the head of a line their first letter is made large.

setting-name = name
setting-channel = channel
setting-labels = labels
setting-guidelines = guidelines
setting-multi-label = several labels on an item
setting-positive = label that you look for
setting-language = language
setting-leads = who leads
setting-annotators = who labels
setting-observers = who only looks
setting-batch-size = items in a round
setting-audit-per-round = items that only measure
setting-overlap = answers wanted for each item
# Where it was changed while a round is open.
setting-next-overlap = answers wanted for each item, from the next round on
setting-reask-per-round = items asked once more
setting-gold-per-round = known answers mixed in
setting-schedule = when rounds begin
setting-timezone = time zone
setting-deadline-minutes = when a round closes
setting-max-rounds = rounds at most
setting-planned-labels = labels planned
setting-items-in = where items are posted
setting-reactions = emoji that stand for labels
setting-suggestions = suggestions
setting-target = what the model is tuned for
setting-strategy = how items are chosen
setting-seed-patterns = words to begin with
setting-features = what the model sees of a text
setting-report-schedule = when reports come beside those of rounds
setting-report-to = where those reports go
setting-lead-notes = notes to leads on how people fare
setting-reminders = reminders

## Groups of them

setting-group-about = What it is about
setting-group-people = People
setting-group-rounds = Rounds
setting-group-learning = How it learns
setting-group-reports = Reports and reminders

## What they are

setting-yes = yes
setting-no = no
setting-none = none
setting-as-before = as before
setting-nobody = nobody
# Of leads: whoever leads everywhere does, else everybody in the channel.
setting-nobody-leads = nobody by name
setting-everybody = everybody in the channel
setting-overlap-next = { $now }; { $next } from the next round on
setting-when-at-once = At once, when the one before is done
setting-when-never = Never
setting-when-weekdays-9 = Weekdays at 9:00
setting-when-weekdays-14 = Weekdays at 14:00
setting-when-daily = Every day at 9:00
setting-when-mondays = Mondays at 9:00
setting-when-twice = Mondays and Thursdays at 9:00
setting-when-monthly = On the first of each month at 9:00
setting-when-cron = { $cron } (minute, hour, day, month, weekday)
setting-deadline-none = when all is answered
# hours: a figure, perhaps with decimals
setting-deadline-hours = after { $hours } h, or when all is answered
setting-rounds-any = as many as it takes
setting-planned-none = no number
setting-in-thread = In the thread of the round's message
setting-in-channel = In the channel itself
setting-to-channel = To the channel
setting-to-leads = To the leads, in private
setting-to-both = To both
setting-target-f1 = best F1: precision and recall alike
setting-target-precision = precision of at least { $share }
setting-target-recall = recall of at least { $share }
setting-target-cost = a miss costs as much as false alarms: { $alarms }
setting-features-tfidf = words and parts of words (tfidf)
setting-features-hashed = words and parts of words, for very large pools (hashed)
setting-features-embeddings = whole sentences (embeddings)
setting-strategy-default = Default: unsure and typical items
setting-strategy-entropy = The most unsure items
setting-strategy-diverse = Unsure items, unlike each other
setting-strategy-committee = Items that a committee of models disagrees on
setting-strategy-likely = Items that are likely positive
setting-strategy-hybrid = Some of each: unsure, likely positive, random
setting-strategy-error = Least error to be expected (slow: minutes a round)
setting-strategy-random = Random items, to compare with
