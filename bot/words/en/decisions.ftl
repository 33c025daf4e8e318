### What people decide beside voting: a flag, a correction, an adjudicator's decision; and their part of App Home.

## A flag

flag-title = Flag this item
flag-submit = Flag
flag-question = What is wrong with this item?
flag-own = You flagged this item. { $looked ->
        [yes] A lead has looked at it since.
       *[no] The leads have not looked at it yet.
    } You can say it otherwise, or take it back.
flag-take-back = Take my flag back
flag-noted = *Noted, thank you.* The leads of this project see your flag and your words, and will look at the item.
flag-taken-back = Your flag is taken back.
flag-none = There is no flag of yours here.
flag-reason = Say in a few words what is wrong with it.

## A correction

correct-title = Correct an answer
correct-question = What is right?
correct-why = Why?
correct-for-leads = Your answers are not counted in this project; what you say here goes to its leads, who decide.
correct-own = Your answer is { $label }.
correct-own-late = Your answer is { $label }. The round is closed; the model will learn of a change.
correct-no-answer = You have not answered yet.
correct-no-answer-late = You have not answered yet. The round is closed; the model will learn of your answer.
correct-no-item = There is nothing to correct in this message. *Correct this prediction* works on Roundtable's messages that show one item, open or closed. Your last answers are in this app's Home, with Change beside each.
correct-voted = Your answer is now *{ $label }*.
correct-late = Your answer is now *{ $label }*. The model will learn of it.
correct-noted = *Noted, thank you.* The leads see that you would say *{ $label }*, and will decide.
correct-unchanged = Your answer is *{ $label }* already; nothing was changed.
correct-reason-noted = Your answer is *{ $label }* as before; your reason is noted.
correct-overridden = Your answer is now *{ $label }*. The item keeps the label that a lead decided on.
correct-reason = The round is closed: say in a few words why you change your answer.
correct-learning = The model is just learning from this round; please try again in a minute.

## An adjudicator's decision

decide-title = Decide
# A modal's title: 24 characters.
decide-title-of = Decide: { $project }
decide-submit = Decide
decide-here = Here because: { $why ->
        [flag] somebody flagged it
        [correction] somebody says that it is wrong
        [tie] a tie
        [unsure] nobody was sure
       *[split] not everybody agrees
    }. { $left ->
        [one] 1 item waits
       *[other] { $left } items wait
    } for a decision in all.
decide-later = Later
decide-label = The right label
decide-why = Why? People who look at the item will see it.
decide-withdraw = Withdraw the decision: the votes decide again
decide-settle = Looked at: the label stays as it is
decide-model = When the model asked about this item, before it had a label, it would have said { $label }. Its score for { $positive } was { $score } (model { $version }).
decide-choose = Choose a label.
decide-reason = Give a reason: people will see why.
decide-one-box = Tick one of these at most.
decide-no-label = '{ $label }' is no longer a label of { $project }; close this window and open it again.
decide-too-long = That is { $characters } characters; { $most } are enough.
decide-decided = Decided: *{ $label }*.
decide-withdrawn = The decision is withdrawn: the votes decide again.
decide-withdrawn-before = That decision had been withdrawn already: the votes decide.
decide-settled = Noted. The label stays as it is.
decide-settled-before = Somebody had looked at it already. The label stays as it is.
decide-last = *That was the last one.* You left { $left ->
        [one] 1 item
       *[other] { $left } items
    } for later.
decide-nothing = *Nothing waits for a decision. Thank you!*

## What was said about an item, a line each. Before it stands who said it.

said-imported = Imported
said-unsure = unsure
said-label = Label: { $label }
said-nobody = Nobody has answered yet.
said-somebody = Somebody
said-more = and { $lines } more
said-note = { $kind ->
        [flag] flagged it
        [correction] says it is { $label }
        [override] decided on { $label }
        [settle] has looked at it
       *[vote] on { $label }
    }
said-with-reason = { $said }: “{ $reason }”

## What waits, in App Home and in the status

waits-kind = { $why ->
        [flag] { $items } flagged
        [correction] { $items } corrected
        [tie] { $items ->
            [one] 1 tie
           *[other] { $items } ties
        }
        [unsure] { $items } unsure
       *[split] { $items } split
    }
waits-for-lead = { $items ->
        [one] 1 item waits
       *[other] { $items } items wait
    } for a lead's decision ({ $kinds }).
waits-for-you = { $items ->
        [one] 1 item waits
       *[other] { $items } items wait
    } for your decision.
waits-decide = Decide
waits-decide-of = Decide: { $project }
waits-change = Change
waits-change-of = Change the decision: { $text }
waits-decided = Decided as { $label }: “{ $text }”
