### An item in the channel, and the buttons that it shares with the queue.

button-skip = Skip
button-unsure = Unsure
button-read-all = Read all
button-guidelines = Guidelines
button-flag = Flag
button-undo = Undo

button-outdated = This button is from an earlier version of the message and does nothing any more. The newest message has the right ones.
# The same in App Home and in a modal.
button-outdated-here = This button is from an earlier version of Roundtable and did nothing. Please open this once more.

# What became of an answer, said to the person alone.
vote-closed = This round is closed, so your answer was not counted.
vote-unknown = This item is no longer asked, so your answer was not counted.
vote-nothing = There was no answer of yours to take back.
vote-taken-back = Your answer was taken back.
vote-label-gone = '{ $label }' is no longer a label of { $project }; its labels are { $labels }.
vote-one-label = { $project } takes one label an item now; the newest message has the right buttons.

## The question

item-picture = The picture of this item
item-place = Round { $round }, item { $item }
item-where = { $project }, round { $round }, item { $item }
item-suggested = The model would say: { $label }. Is it right?

# The menu.
item-full-text = Full text
item-undo = Undo my answer
item-flag = Flag…

# What has been said so far, in small print; several of these stand side by side.
item-flagged = flagged by { $people }
item-label = label: { $label }
item-label-by = label: { $label } ({ $outcome })
item-answered = answered by { $people } ({ $votes } of { $wanted } wanted)
item-answered-more = answered by { $people } ({ $votes } of { $wanted } wanted; one more opinion would help)
item-skipped = skipped by { $people }
item-unsure = unsure: { $people }
item-decided = decided by a lead

# For screen readers and notifications: alone enough to answer, so the choices are named as the buttons are.
item-spoken = { $where }: “{ $text }” Choose: { $labels }, { button-unsure }, or { button-skip }.
item-spoken-several = { $where }: “{ $text }” Choose all that fit: { $labels }; or { choices-none }, { button-unsure }, or { button-skip }.
item-spoken-so-far = { $spoken } So far { $state }.

# Where others' answers are hidden, to the person alone.
item-own = You answered { $label }. Nobody sees it until this item has its label.

## The record, when the round is over

item-no-label = no label
item-change = Change my answer
item-why-was = Why was I asked?
item-record = { $label }: “{ $text }”
item-record-spoken = { $where }, closed: { $label }. “{ $text }” { $outcome }
