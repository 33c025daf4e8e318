### The labelling queue: the modal that shows one item after the other, and its part of App Home.

queue-next = Next
queue-back = Back
queue-why = Why?
queue-finish = Done
queue-look-again = Look again
queue-label-next = Label next
queue-label-next-of = Label next: { $project }
queue-change = Change
queue-change-of = Change: { $text }

queue-own = your answer: { $label }
queue-progress = you answered { $own } · { $answered } of { $total } done in all
queue-last = last answer: { $label }
queue-slow = Many people are labelling just now. If the next item is slow to come, press Next.
queue-choose = Choose a label, { button-unsure }, or { button-skip }.
queue-kept = The last item had got its label from others meanwhile; your answer is kept all the same.
queue-taken = The last item had got its label from others meanwhile.
queue-vote-late = That round closed meanwhile, so your last answer was not counted.
queue-vote-unknown = That item is no longer asked, so your last answer was not counted.
queue-no-back = That round closed meanwhile: its answers can't be changed here any more.
queue-no-next = The next item can't be had just now, please try again.
queue-join = You are not in that project's channel. Join it, then press { queue-label-next } again.

# Nothing is left to show.
queue-done = You answered { $own ->
        [one] 1 item
       *[other] { $own } items
    }; { $answered } of { $total } are done in all.
queue-nearly = *Nearly there.* Others are at the last { $busy ->
        [one] item
       *[other] { $busy } items
    } just now.
queue-all = *That was all for you in this round. Thank you!*
queue-paused = { $project } is paused; there is nothing to label for the moment.
queue-not-begun = The first round has not begun yet.
queue-complete = *Round { $round } is complete. Thank you!* { $prepared ->
        [yes] The next one is being prepared.
       *[no] The model is learning from the answers.
    }

# One answer was changed from App Home.
queue-changed = Your answer is now *{ $label }*.
queue-taken-back = You have no answer on this item now.

## App Home

queue-last-answers = *Your last answers*
queue-today = You answered { $today } today, { $own } in this round.
queue-over = *{ $project }*: round { $round } is over. You answered { $today } today.
queue-others-at-last = *{ $project }*, round { $round }: Others are at the last items just now.
queue-nothing-left = *{ $project }*, round { $round }: Nothing is left for you in this round.
queue-for-you = *{ $project }*, round { $round }: { $left ->
        [one] 1 item
       *[other] { $left } items
    } for you.
queue-vote = { $label }: “{ $text }”
queue-vote-closed = { $label }: “{ $text }” (round { $round }, closed)
