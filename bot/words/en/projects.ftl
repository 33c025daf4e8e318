### Steering a project: pausing, starting, measuring; and projects that are not there.

project-unknown = There is no project '{ $given }'; there are: { $known }.
project-none = There is no project '{ $given }'; there is none yet. `/roundtable new` in Slack makes one, or `roundtable project create`.
project-gone = There is no project { $project }; there are: { $known }.
project-gone-none = There is no project { $project }; there are: none yet.
project-taken = There is a project { $project } already; choose another name.
project-changed = Project { $project } was changed by somebody else just now; look at it and try again.
project-busy = Project { $project } is being changed by others just now; try again.
project-changing = { $project } is being changed by others just now; please try again in a moment.

# Somebody was just choosing it.
project-label-gone = Not saved: that label was just taken away. The newest message has the right ones.

project-none-open = No round is open, so there is nothing to close.
project-paused = { $project } is paused; resume it first.
project-round-on = { $state ->
        [closing] Round { $round } of { $project } is closing; the next one can begin after it.
       *[open] Round { $round } of { $project } is open; the next one can begin after it.
    }
project-no-items = { $project } has no items yet: drop a CSV or JSONL file into its channel first.
project-all-labelled = Every item of { $project } has its label: there is nothing left to ask.
project-last-round = { $project } ends after { $rounds ->
        [one] 1 round
       *[other] { $rounds } rounds
    }; raise that number in its settings first.

project-audit-labels = An audit takes 1 to { $most } labels, not { $given }.
project-audit-paused = { $project } is paused; resume it first, or its audit never begins.
project-audit-nothing = Every item has its label already: there is nothing left to draw an audit from.
